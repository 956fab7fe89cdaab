/**
 * How the JVM ends, and what must still work then: who decided it, the shutdown hook, and the memory that is kept for it.
 *
 * <p>May call {@code host}. It knows no run: what is left to do is handed in as {@link io.plutorun.agent.shutdown.JvmShutdown.LastWork}.
 */
@NullMarked
package io.plutorun.agent.shutdown;

import org.jspecify.annotations.NullMarked;
