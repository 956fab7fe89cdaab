/**
 * The runs that are open, for those who record by themselves what a run does: hooks of methods and of frameworks, lines that the program
 * prints.
 *
 * <p>{@code run} implements what stands here; who records calls it, and so knows nothing of how a run lives. May call {@code metrics}.
 * Nothing here waits for a disk or the network, and nothing is thrown.
 */
@NullMarked
package io.plutorun.agent.current;

import org.jspecify.annotations.NullMarked;
