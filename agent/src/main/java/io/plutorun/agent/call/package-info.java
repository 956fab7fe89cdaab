/**
 * A tracked method, and the data of one call of it: its arguments, the placeholders that stand for them, and the {@code CompletionStage}
 * that it returns.
 *
 * <p>May call {@code objects}, {@code settings} and {@code host}. Holds nothing of the program beyond the end of a call, and
 * calls none of its code but {@code CompletionStage.whenComplete}.
 */
@NullMarked
package io.plutorun.agent.call;

import org.jspecify.annotations.NullMarked;
