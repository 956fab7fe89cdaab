/**
 * How a run ended, and what speaks for it: the verdict of a call, of a stage, of the JVM's end, and what is recorded of an exception.
 *
 * <p>May call {@code shutdown}, {@code journal}, {@code api}. Values only: nothing of the program is held, and nothing is decided here about
 * which run a verdict is for.
 */
@NullMarked
package io.plutorun.agent.verdict;

import org.jspecify.annotations.NullMarked;
