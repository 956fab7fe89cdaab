/**
 * Brings the records of runs that go on to the server, as they come.
 *
 * <p>Each run's records are sent in order, each until the server has answered; the runs take turns on up to sixteen threads. May call
 * {@code send}, {@code journal}, {@code api}, {@code http} and {@code host}. It decides when a request is made again, and never what a
 * verdict is. What became of a record it tells to a {@link io.plutorun.agent.delivery.DeliveryListener}, since only {@code run} knows what
 * a person should be told.
 */
@NullMarked
package io.plutorun.agent.delivery;

import org.jspecify.annotations.NullMarked;
