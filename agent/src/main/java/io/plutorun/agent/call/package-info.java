/**
 * A tracked method, and what a call of it brings along: its arguments, the placeholders that stand for them, the stage that it returns.
 *
 * <p>May call {@code settings} and {@code host}. Holds nothing of the program beyond the end of a call, and calls none of its code but
 * {@code CompletionStage.whenComplete}.
 */
@NullMarked
package io.plutorun.agent.call;

import org.jspecify.annotations.NullMarked;
