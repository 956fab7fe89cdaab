/**
 * The values of one run, from the program's thread to disk and to batches for the server.
 *
 * <p>{@link io.plutorun.agent.metrics.RunMetrics} is the way in: the program's threads log into it without a lock, an allocation or a
 * system call. {@link io.plutorun.agent.metrics.MetricsThread} is the one thread of the agent that opens and writes files for them.
 * {@link io.plutorun.agent.metrics.MetricReader} and {@link io.plutorun.agent.metrics.data.DataReader} are the way out: they make batches
 * of what a folder holds, live or after the process has died.
 *
 * <p>Stands on the JDK. There is no network here, and nobody here speaks to a person: what was lost or mended is counted, and handed to
 * those who ask.
 */
@NullMarked
package io.plutorun.agent.metrics;

import org.jspecify.annotations.NullMarked;
