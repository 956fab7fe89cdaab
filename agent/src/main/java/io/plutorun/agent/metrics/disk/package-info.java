/**
 * The files that hold what a run has logged: segments of values, marks of how far they were sent, and where the steps of a resumed run begin.
 *
 * <p>A segment is a sequence of entries of 32 bytes behind a header; {@code docs/metrics-files.md} describes it byte by byte. The
 * program's threads write entries into a {@link io.plutorun.agent.metrics.disk.MappedSegment}; where memory can't be mapped safely, a
 * thread of the agent writes the same entries into an {@link io.plutorun.agent.metrics.disk.AppendedSegment}. A
 * {@link io.plutorun.agent.metrics.disk.SegmentReader} reads both, also while they are written.
 *
 * <p>Calls the JDK alone. Nothing here decides what is sent, or when.
 */
@NullMarked
package io.plutorun.agent.metrics.disk;

import org.jspecify.annotations.NullMarked;
