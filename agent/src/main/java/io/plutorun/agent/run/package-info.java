/**
 * The life of a run, from a tracked method's entry to its verdict.
 *
 * <p>{@link io.plutorun.agent.run.Tracker} is the front door; {@code weave} calls it, through the bridge. A call's specification is put
 * together by {@code spec}; an {@link io.plutorun.agent.run.ActiveRun} then writes its records to a journal and hears what became of them.
 * Here is decided what a verdict is and what a person is told.
 *
 * <p>May call all rooms below; knows neither ByteBuddy nor OkHttp. Holds nothing of the program beyond the end of a call: no class, no
 * argument, no exception.
 */
@NullMarked
package io.plutorun.agent.run;

import org.jspecify.annotations.NullMarked;
