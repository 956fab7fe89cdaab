/**
 * Stand-ins for classes of the JDK in the bundled libraries, which are renamed onto them when the jar is built. The real ones would do
 * harm, as {@code java.util.logging} does, which asked for on an early thread initialises the JDK's logging before the program's own
 * {@code LogManager} is there; or much work for nothing, as {@code Security} and {@code Normalizer} do.
 *
 * <p>Calls nobody, and nobody of the agent calls it.
 */
@NullMarked
package io.plutorun.agent.quiet;

import org.jspecify.annotations.NullMarked;
