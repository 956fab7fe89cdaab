/**
 * The core: the life of a run, from a tracked method's entry to its verdict.
 *
 * <p>{@link io.plutorun.agent.run.Tracker} is the front door; {@code weave} calls it, through the bridge. A call's
 * {@link io.plutorun.agent.run.Specification} is put together from annotation, settings and arguments, every value with its source;
 * an {@link io.plutorun.agent.run.ActiveRun} then writes its records to a journal and hears what became of them. Here is decided what a
 * verdict is and what a person is told.
 *
 * <p>May call {@code journal}, {@code api}, {@code describe}, {@code settings}, {@code edge}, {@code json}; knows neither ByteBuddy nor OkHttp. Holds
 * nothing of the program beyond the end of a call: no class, no argument, no exception.
 */
@NullMarked
package io.plutorun.agent.run;

import org.jspecify.annotations.NullMarked;
