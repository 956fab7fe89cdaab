/** A stand-in: an executor is known by its main class. */
package org.apache.spark.executor;
