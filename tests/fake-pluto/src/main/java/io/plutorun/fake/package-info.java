/**
 * Pluto's contract, state and all, on two local ports: for end-to-end tests of a client and for a demo.
 *
 * <p>{@link io.plutorun.fake.FakePluto} is the way in. The rules that a client can see live in {@code RunsApi} (the main API) and
 * {@code HeartbeatApi} (the Python health service); both work on one {@code RunTable}. Nothing here leaves 127.0.0.1, nothing is
 * kept after {@code close()}, and no rule is made up: the module's README says where each comes from.
 */
@org.jspecify.annotations.NullMarked
package io.plutorun.fake;
