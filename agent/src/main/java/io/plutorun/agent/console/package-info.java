/**
 * The console of a run: what the program prints while the run is open, line by line. {@code PLUTO_CAPTURE_CONSOLE}.
 *
 * <p>May call {@code capture}, {@code current}, {@code metrics} and {@code edge}. The program's threads hand their lines on, and wait for nobody.
 */
@NullMarked
package io.plutorun.agent.console;

import org.jspecify.annotations.NullMarked;
