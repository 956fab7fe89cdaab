/**
 * Where a program executes: the job's scheduler, the cluster, the continuous integration, the GPUs, the JVM. One collector for each.
 *
 * <p>May call {@code describe}, {@code edge} and {@code host}. Runs on the agent's threads alone.
 */
@NullMarked
package io.plutorun.agent.describe.place;

import org.jspecify.annotations.NullMarked;
