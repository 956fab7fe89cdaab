/**
 * Apache OpenNLP: the parameters of a trainer, and the measure of each iteration.
 *
 * <p>May call {@code autolog}, {@code hook}, {@code objects} and {@code current}.
 */
@NullMarked
package io.plutorun.agent.autolog.opennlp;

import org.jspecify.annotations.NullMarked;
