/**
 * Tribuo: what a trainer is and was given (its provenance), the loss of gradient descent, and the metrics of evaluations.
 *
 * <p>May call {@code autolog}, {@code hook}, {@code objects} and {@code current}.
 */
@NullMarked
package io.plutorun.agent.autolog.tribuo;

import org.jspecify.annotations.NullMarked;
