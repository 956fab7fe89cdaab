/**
 * Brings runs to the server, live and later, and keeps them alive there.
 *
 * <p>The records of a run that is going on are sent as they come, in order, each until the server has answered. What a process leaves
 * behind on disk is delivered later: by {@code sync}, or beside the next run. Both send by the same
 * {@link io.plutorun.agent.delivery.RecordSender}. {@link io.plutorun.agent.delivery.Heartbeat} tells the server that runs are alive.
 *
 * <p>May call {@code journal}, {@code api}, {@code http}, {@code edge} and {@code host}. It decides when a call to the server is made
 * again, and never what a verdict is, but for that of a process that died without one. What became of a record it tells to a
 * {@link io.plutorun.agent.delivery.DeliveryListener}, since only {@code run} knows what a person should be told.
 */
@NullMarked
package io.plutorun.agent.delivery;

import org.jspecify.annotations.NullMarked;
