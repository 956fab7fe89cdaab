/**
 * XGBoost4J, with its Java and its Scala API: parameters, the value of each metric in each round, the best round, and how much each
 * feature contributes.
 *
 * <p>May call {@code autolog}, {@code hook}, {@code objects} and {@code current}.
 */
@NullMarked
package io.plutorun.agent.autolog.xgboost;

import org.jspecify.annotations.NullMarked;
