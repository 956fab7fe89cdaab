/**
 * What a person should know of a run's metrics: how many values are lost, for which reason, and notices, each of which is told once.
 *
 * <p>Calls the JDK alone. Nothing here speaks to a person; who asks takes the counts and the notices.
 */
@NullMarked
package io.plutorun.agent.metrics.report;

import org.jspecify.annotations.NullMarked;
