/**
 * Which program a JVM was started for, as its command line tells: its main class, also behind a launcher; and which programs are tools
 * that nobody means to track. Also how the classes of machine-learning frameworks are called.
 *
 * <p>Loaded only where somebody asks: with {@code PLUTO_TRACK_MAIN} or {@code PLUTO_AUTOLOG_START}, or where {@code PLUTO_METHODS} may
 * mean this program. Under the rules of {@code launch}: Java 8 class files, the JDK alone, no lambda, no regular expression. No file is
 * opened but the manifest of the program's jar.
 */
package io.plutorun.agent.launch.program;
