/**
 * Delivers what processes have left behind on disk: for {@code sync}, and beside the first run of a later process.
 *
 * <p>May call {@code send}, {@code journal}, {@code api}, {@code http}, {@code edge} and {@code host}. It sends by the same {@link
 * io.plutorun.agent.send.RecordSender} as the delivery of runs that go on, and looks first whether a run has been taken up since. It never
 * decides a verdict, but for that of a process that died without one.
 */
@NullMarked
package io.plutorun.agent.replay;

import org.jspecify.annotations.NullMarked;
