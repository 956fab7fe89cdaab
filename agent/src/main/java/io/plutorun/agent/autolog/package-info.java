/**
 * Records what machine-learning frameworks are given and what they compute, with no code in the program: the frame for the rooms inside,
 * one for each framework.
 *
 * <p>A framework is asked by hooks of its public methods and by public method handles from the program's own loader; the agent compiles
 * against none. A version that does not fit is one line, and the training goes on. May call {@code hook}, {@code current}, {@code
 * metrics}, {@code objects} and {@code edge}. Holds nothing of the program but by weak references.
 */
@NullMarked
package io.plutorun.agent.autolog;

import org.jspecify.annotations.NullMarked;
