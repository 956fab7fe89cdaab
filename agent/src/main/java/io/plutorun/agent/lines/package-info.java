/**
 * Values from what the program prints and logs: {@code PLUTO_METRIC_LINES}.
 *
 * <p>Expressions are evaluated on one thread of the agent's, while runs are open. May call {@code capture}, {@code hook}, {@code current},
 * {@code metrics}, {@code edge}, {@code host} and {@code json}. The program's threads put a text into a queue that never makes them wait; a
 * run's end waits a second at most.
 */
@NullMarked
package io.plutorun.agent.lines;

import org.jspecify.annotations.NullMarked;
