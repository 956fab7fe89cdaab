/**
 * Pluto's REST API: requests, answers, and what can become of a call, as values.
 *
 * <p>Ground floor: knows {@code json} and OkHttp, which nobody else does. A call never throws because of what a server or a network
 * does; it ends as an {@link io.plutorun.agent.api.Outcome}. Calls block, and are made on the agent's own threads alone. Nothing here
 * decides what a person is told, or whether to try again.
 */
@NullMarked
package io.plutorun.agent.api;

import org.jspecify.annotations.NullMarked;
