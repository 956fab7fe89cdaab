/**
 * Builds the one entry of the agent's jar that holds the engine: the agent's own classes and the libraries that they reach, flattened
 * for Java 17, slimmed, its lambdas spelled out, and, but for what only the command line needs, stored without compression.
 *
 * <p>Runs during the build and is no part of what is shipped. It knows nothing of what the classes do; what it must know about single
 * libraries stands in {@link io.plutorun.agent.packer.EnginePacker}.
 */
@NullMarked
package io.plutorun.agent.packer;

import org.jspecify.annotations.NullMarked;
