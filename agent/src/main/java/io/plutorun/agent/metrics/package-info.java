/**
 * What one run logs, from the program's threads to disk, and from there to batches for the server.
 *
 * <p>{@link io.plutorun.agent.metrics.RunValues} is the way in, and {@link io.plutorun.agent.metrics.RunMetrics} keeps what comes: the
 * program's threads log into it without a lock, an allocation or a
 * system call. {@link io.plutorun.agent.metrics.MetricsThread} is the one thread of the agent that opens and writes files for them.
 * {@link io.plutorun.agent.metrics.MetricReader} and {@link io.plutorun.agent.metrics.data.DataReader} are the way out: they make batches
 * of what a folder holds, while the process runs or after it has died.
 *
 * <p>Calls {@code metrics.buffer}, {@code metrics.data}, {@code metrics.disk}, {@code metrics.report} and {@code host}. There is no
 * network here, and nobody here speaks to a person: what was lost or changed is counted, and handed to those who ask.
 */
@NullMarked
package io.plutorun.agent.metrics;

import org.jspecify.annotations.NullMarked;
