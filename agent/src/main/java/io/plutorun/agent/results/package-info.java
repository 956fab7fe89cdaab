/**
 * Values from what methods return: those of {@code PLUTO_METRIC_METHODS}, and tracked methods with {@code recordResult}.
 *
 * <p>May call {@code hook}, {@code current}, {@code metrics}, {@code objects} and {@code edge}.
 */
@NullMarked
package io.plutorun.agent.results;

import org.jspecify.annotations.NullMarked;
