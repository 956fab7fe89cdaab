/**
 * The door into the core from the program's classes: finds tracked methods and hooked ones in class files, and inlines calls of
 * {@code java.lang.PlutoBridge} at their beginning and at each of their ends.
 *
 * <p>Made by {@code launch} when the first class passes its filter. Uses ByteBuddy's class-visitor layer alone, which works on bytes and
 * never asks for another class of the program: training jars are full of classes whose other dependencies are absent. May call {@code
 * run}, {@code hook}, {@code call}, {@code shutdown}, {@code settings}, {@code edge} and {@code host}.
 *
 * <p>Who hears of hooked methods lives elsewhere, and is a {@code hook.HookListener}.
 */
@NullMarked
package io.plutorun.agent.weave;

import org.jspecify.annotations.NullMarked;
