/**
 * Deep Java Library: what a trainer works with, and what the program has it evaluate, at the end of each epoch.
 *
 * <p>May call {@code autolog}, {@code hook}, {@code objects} and {@code current}.
 */
@NullMarked
package io.plutorun.agent.autolog.djl;

import org.jspecify.annotations.NullMarked;
