/**
 * What users compile against: {@link io.plutorun.PlutoRun} marks a tracked method, {@link io.plutorun.Pluto#current()} gives the
 * run that the calling code belongs to, and {@link io.plutorun.Pluto#log(String, double)} logs its values.
 *
 * <p>Nothing here depends on anything but Java 8, and nothing here knows the agent: without {@code -javaagent:pluto-agent.jar} the
 * annotations do nothing, {@code Pluto.current()} returns an inactive run, and nothing is logged. The agent never loads these classes: it reads the
 * annotations from the class file. So several copies of this jar in several class loaders do no harm.
 */
package io.plutorun;
