/**
 * Apache Spark ML, in the driver: parameters of every stage, curves, metrics, tuning, and the application.
 *
 * <p>May call {@code autolog}, {@code autolog.spark.executor}, {@code hook}, {@code objects} and {@code current}. Compiled against nothing
 * of Spark's: its objects are asked through their public methods, nothing of them is kept, and no job of Spark's is started.
 */
@NullMarked
package io.plutorun.agent.autolog.spark;

import org.jspecify.annotations.NullMarked;
