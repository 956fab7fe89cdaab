/**
 * Stand-ins for {@code java.util.logging} in the bundled libraries: OkHttp and Okio are renamed onto them when the jar is built. The
 * real ones, asked for on an early thread, would initialise the JDK's logging before the program's own {@code LogManager} is there.
 *
 * <p>Calls nobody, and nobody of the agent calls it.
 */
@NullMarked
package io.plutorun.agent.quiet;

import org.jspecify.annotations.NullMarked;
