/**
 * JVMs that the program starts, and that add values to the run of the JVM that starts them: {@code PLUTO_CHILDREN=join}.
 *
 * <p>The parent puts the run's address into the environment of each process that a run's code starts; the child reads it. May call {@code
 * hook} and {@code current}.
 */
@NullMarked
package io.plutorun.agent.children;

import org.jspecify.annotations.NullMarked;
