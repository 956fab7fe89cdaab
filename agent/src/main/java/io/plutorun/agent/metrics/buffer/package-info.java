/**
 * The values of a run between the program's threads and the disk.
 *
 * <p>{@link io.plutorun.agent.metrics.buffer.NameTable} numbers the names. {@link io.plutorun.agent.metrics.buffer.ValueStore} is where the
 * program's threads put values: into a mapped segment, or into a ring in the heap. {@link io.plutorun.agent.metrics.buffer.ValueKeeper} is
 * called by the metrics thread alone: it makes segments before they are needed, and empties the ring.
 *
 * <p>Calls {@code metrics.disk} and {@code metrics.report}. Nothing here starts a thread, sends anything, or throws into the program.
 */
@NullMarked
package io.plutorun.agent.metrics.buffer;

import org.jspecify.annotations.NullMarked;
