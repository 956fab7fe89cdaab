/**
 * What the agent costs: each figure against its base, taken in the same run and alternating with it, so that a noisy machine spoils both
 * alike. {@link io.plutorun.bench.Benchmarks} is the entrance; {@link io.plutorun.bench.CostTable} and
 * {@link io.plutorun.bench.GrowthTable} say what is measured; the programs that are measured live in {@code programs}.
 *
 * <p>Nothing here judges: figures are printed, not asserted. What must hold whatever the machine is a test of another module.
 */
@NullMarked
package io.plutorun.bench;

import org.jspecify.annotations.NullMarked;
