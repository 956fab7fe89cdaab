/**
 * Deeplearning4j: how a model is configured, and its score at the end of each iteration and each epoch.
 *
 * <p>May call {@code autolog}, {@code hook}, {@code objects} and {@code current}. Touches no list of listeners.
 */
@NullMarked
package io.plutorun.agent.autolog.dl4j;

import org.jspecify.annotations.NullMarked;
