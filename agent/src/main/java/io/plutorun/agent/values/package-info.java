/**
 * What the program logs of one run, from its first value to the arrival of the last one: where the values are kept, when they are sent, and
 * what a person is told about them.
 *
 * <p>May call {@code delivery}, {@code ingest}, {@code metrics}, {@code journal} and the rooms below them. {@code run} calls it.
 */
@NullMarked
package io.plutorun.agent.values;

import org.jspecify.annotations.NullMarked;
