/**
 * The agent's end of the two doors between the program and the agent: {@code java.lang.PlutoBridge}, which woven code calls, and the copies of
 * {@code io.plutorun.AgentDoor}, which the program's own code calls. Sets the functions that stand behind them.
 *
 * <p>May call {@code run}, {@code hook}, {@code shutdown}, {@code edge} and {@code host}.
 */
@NullMarked
package io.plutorun.agent.bridge;

import org.jspecify.annotations.NullMarked;
