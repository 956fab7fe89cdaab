package io.plutorun.agent.hook;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hooked method, as its listeners are told of it. All of it belongs to the program: nothing of it is changed, and nothing is
 * kept beyond the call.
 *
 * @param method the method
 * @param self the object whose method it is; null for a static method
 * @param arguments what it was given when it was called, primitives boxed, also where its body has changed its parameters since; shared by
 *     all listeners. When the body has ended: null where no hook of the method asks for {@link Hook.Moment#EXIT_WITH_ARGUMENTS}
 * @param result what it returns, a primitive boxed; null where it returns nothing or throws, or its body has not ended
 * @param thrown what it throws; null where it returns, or its body has not ended
 */
@SuppressWarnings("ArrayRecordComponent") // the bridge's own array: a copy would cost each call
public record HookedCall(
        HookedMethod method,
        @Nullable Object self,
        @Nullable Object @Nullable [] arguments,
        @Nullable Object result,
        @Nullable Throwable thrown) {

    /**
     * One argument.
     *
     * @param index from 0
     * @throws NullPointerException where the arguments were not kept
     * @throws IndexOutOfBoundsException where the method has fewer
     */
    public @Nullable Object argument(int index) {
        return Objects.requireNonNull(arguments)[index];
    }

    /** One argument, of a parameter that is an {@code int}; see {@link #argument}. */
    public int intArgument(int index) {
        return (Integer) Objects.requireNonNull(argument(index));
    }
}
