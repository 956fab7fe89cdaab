/**
 * What the user has named in {@code PLUTO_METHODS}: which of it was met among the program's classes, and what is told of the rest when the
 * JVM ends.
 *
 * <p>{@code weave} asks here which methods of a class are named, and says what it met. May call {@code edge} and {@code
 * host}. Holds texts only: no class
 * of the program.
 */
@NullMarked
package io.plutorun.agent.named;

import org.jspecify.annotations.NullMarked;
