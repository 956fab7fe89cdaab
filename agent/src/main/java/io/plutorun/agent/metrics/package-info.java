/**
 * The values of a run: numbers, texts, tables and histograms that the program logs.
 *
 * <p>{@link io.plutorun.agent.metrics.RunValues} is where they enter, on the program's threads. Nothing here waits for a disk, a network or
 * a lock there.
 */
@NullMarked
package io.plutorun.agent.metrics;

import org.jspecify.annotations.NullMarked;
