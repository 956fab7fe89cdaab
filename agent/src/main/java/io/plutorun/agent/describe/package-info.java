/**
 * What a run records about the program, the JVM and the machine, in the shapes that Pluto's pages read.
 *
 * <p>Knows {@code edge} for the redactor of command lines, and otherwise the JDK alone. It reads {@code /proc} before it asks
 * management beans, which take 0.1 s to wake up, and it never fails: what can't be found out is left out.
 */
@NullMarked
package io.plutorun.agent.describe;

import org.jspecify.annotations.NullMarked;
