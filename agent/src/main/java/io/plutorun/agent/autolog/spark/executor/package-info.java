/**
 * Apache Spark in its executors: what frameworks compute in the tasks of a driver's run are values of that run.
 *
 * <p>The driver puts the run's address into the properties of each job ({@link
 * io.plutorun.agent.autolog.spark.executor.JobProperties}), Spark brings them to the tasks, and here they are read. May call {@code
 * autolog}, {@code hook}, {@code objects}, {@code current} and {@code metrics}. A task without an address is not recorded.
 */
@NullMarked
package io.plutorun.agent.autolog.spark.executor;

import org.jspecify.annotations.NullMarked;
