/**
 * One HTTP request and its outcome, through OkHttp: proxies, certificates, time-outs, and what a failure means.
 *
 * <p>May call {@code json}. Knows no request of Pluto's: those are in {@code api}. No request is repeated here, no redirect is followed,
 * and no exception leaves this room: a failure is an {@link io.plutorun.agent.http.Outcome}.
 */
@NullMarked
package io.plutorun.agent.http;

import org.jspecify.annotations.NullMarked;
