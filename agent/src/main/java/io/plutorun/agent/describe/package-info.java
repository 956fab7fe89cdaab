/**
 * What a run records about the program and the machine.
 *
 * <p>May call {@code edge} and {@code host}. Nothing here fails: what can't be found out is left out.
 */
@NullMarked
package io.plutorun.agent.describe;

import org.jspecify.annotations.NullMarked;
