/**
 * What users compile against: {@link io.plutorun.PlutoRun} marks a tracked method, and {@link io.plutorun.Pluto#current()} gives the
 * run that the calling code belongs to.
 *
 * <p>Nothing here depends on anything but Java 8, and nothing here knows the agent: without {@code -javaagent:pluto-agent.jar} the
 * annotations do nothing, and {@code Pluto.current()} returns an inactive run. The agent never loads these classes: it reads the
 * annotations from the class file. So several copies of this jar in several class loaders do no harm.
 */
package io.plutorun;
