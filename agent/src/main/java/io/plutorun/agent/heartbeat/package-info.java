/**
 * Keeps runs alive on the server while they go on, and hears of cancels.
 *
 * <p>May call {@code send}, for what the beats hear of a run's state and for what an answer means, {@code api}, {@code http} and {@code
 * host}. It never sends a verdict. What the service says of one run changes that run's beats alone.
 */
@NullMarked
package io.plutorun.agent.heartbeat;

import org.jspecify.annotations.NullMarked;
