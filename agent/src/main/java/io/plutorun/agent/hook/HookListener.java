package io.plutorun.agent.hook;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the calls of hooked methods, on the thread that makes them, while the method's own locks are held. What it is given belongs to
 * the program: it changes nothing of it, keeps nothing of it, and is quick.
 *
 * <p>Nothing that a listener throws reaches the program. To cancel the program's work, it <em>returns</em> a {@code
 * CancellationException}, which the hooked method then throws. Hooked methods that a listener itself calls, also indirectly, are not
 * told to any listener.
 */
public interface HookListener {

    /**
     * A class that is being loaded does not declare a method of the hook: perhaps it is of another version of its library. Called on the
     * thread that loads it.
     *
     * @param className the binary name
     * @param method {@code class#method}
     * @param loader the class's loader; null for the bootstrap loader
     * @return whether the listener has seen to it; else a line tells that calls of the method are not recorded
     */
    default boolean notDeclared(String className, String method, @Nullable ClassLoader loader) {
        return false;
    }

    /**
     * A hooked method was called, and its body has not begun.
     *
     * @return what the method is to throw instead of running its body, and then no exit is told; null to let it run
     */
    default @Nullable CancellationException entered(HookedCall call) {
        return null;
    }

    /**
     * The body of a hooked method has ended.
     *
     * @return what the method is to throw instead of returning, ignored where it throws already; null to leave it as it is
     */
    default @Nullable CancellationException exited(HookedCall call) {
        return null;
    }
}
