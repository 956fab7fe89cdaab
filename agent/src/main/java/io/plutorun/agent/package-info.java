/**
 * The agent. {@link io.plutorun.agent.Wiring} puts it together; each package below is a room, and its own paragraph says who lives there.
 *
 * <p>Called by {@code launch}, by name. No room may call it.
 */
@NullMarked
package io.plutorun.agent;

import org.jspecify.annotations.NullMarked;
