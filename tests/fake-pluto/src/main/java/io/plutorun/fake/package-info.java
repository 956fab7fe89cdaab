/**
 * Pluto's contract, state and all, on three local ports: for end-to-end tests of a client and for a demo.
 *
 * <p>{@link io.plutorun.fake.FakePluto} is the way in. The rules that a client can see live in {@code RunsApi} (the main API),
 * {@code IngestApi} (metrics, log lines, data) and {@code HeartbeatApi} (the Python health service); all work on one {@code RunTable}.
 * Lines are parsed and kept in {@code io.plutorun.fake.ingest}, and {@code IngestAudit} compares the two. Nothing here leaves
 * 127.0.0.1, nothing is kept after {@code close()}, and no rule is made up: the module's README says where each comes from.
 */
@org.jspecify.annotations.NullMarked
package io.plutorun.fake;
