/**
 * Pluto's REST API: one method a request, one attempt a call, outcomes as values.
 *
 * <p>May call {@code http}, {@code settings} (for the client that the settings describe), {@code host} and {@code json}. It never decides
 * that a call is made again: that is {@code delivery}'s.
 */
@NullMarked
package io.plutorun.agent.api;

import org.jspecify.annotations.NullMarked;
