/**
 * What a record means in requests, and what an answer means for it: once, for runs that go on and for those that are delivered later.
 *
 * <p>May call {@code journal}, for its records, {@code api} and {@code http}. It makes one attempt a call, waits for nothing, and touches
 * no file; when a record is sent, and how often, is {@code delivery}'s and {@code replay}'s business.
 */
@NullMarked
package io.plutorun.agent.send;

import org.jspecify.annotations.NullMarked;
