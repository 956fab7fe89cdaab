/**
 * What users compile against: {@link io.plutorun.PlutoRun} marks a tracked method, {@link io.plutorun.Pluto#current()} is the way to
 * the run that surrounds a line of code.
 *
 * <p>Nothing here depends on anything but Java 8, and nothing here knows the agent: without {@code -javaagent:pluto-agent.jar} the
 * annotations are inert and {@code Pluto.current()} answers with an inactive run. The agent never loads these classes either; it
 * reads the annotations from the class file, so any number of copies of this jar in any class loaders do no harm.
 */
package io.plutorun;
