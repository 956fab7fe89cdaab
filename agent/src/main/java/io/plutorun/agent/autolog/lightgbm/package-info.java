/**
 * LightGBM, by LightGBM4j: parameters, the values that the program asks for in each iteration, and how much each feature contributes.
 *
 * <p>May call {@code autolog}, {@code hook}, {@code objects} and {@code current}.
 */
@NullMarked
package io.plutorun.agent.autolog.lightgbm;

import org.jspecify.annotations.NullMarked;
