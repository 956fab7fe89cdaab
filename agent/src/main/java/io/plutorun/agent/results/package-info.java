/**
 * Values from what methods return: {@code PLUTO_METRIC_METHODS}.
 *
 * <p>May call {@code hook}, {@code current}, {@code metrics}, {@code objects} and {@code edge}.
 */
@NullMarked
package io.plutorun.agent.results;

import org.jspecify.annotations.NullMarked;
