/**
 * What kind of JVM, process and machine this is, and the agent's threads.
 *
 * <p>Stands on the JDK alone. Nothing here waits, opens a socket, or reads the environment by itself: what is looked at is handed in.
 */
@NullMarked
package io.plutorun.agent.host;

import org.jspecify.annotations.NullMarked;
