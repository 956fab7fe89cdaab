package io.plutorun.agent.hook;

import io.plutorun.agent.call.NumberedMethods;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The numbers of hooked methods, and the way of their calls to the listeners. */
public final class HookedMethods extends NumberedMethods<MethodHooks> {

    private final Consumer<String> warnings;
    private final Set<Hook> failed = ConcurrentHashMap.newKeySet();

    /** True while listeners are told on this thread. It holds nothing of the program, and stays: to remove it would cost each call. */
    private final ThreadLocal<boolean[]> busy = ThreadLocal.withInitial(() -> new boolean[1]);

    /**
     * Makes the registry; nothing is hooked yet.
     *
     * @param warnings where is told, once for each hook, that its listener has failed
     */
    public HookedMethods(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /**
     * A call begins.
     *
     * @return what it is to throw; null for nothing
     */
    public @Nullable CancellationException entered(int number, @Nullable Object self, @Nullable Object[] arguments) {
        MethodHooks called = get(number);
        HookedCall call = new HookedCall(called.method(), self, arguments, null, null);
        return tell(called.hooks(), call, Moment.ENTRY);
    }

    /**
     * A call ends.
     *
     * @param arguments null where they were not kept
     * @return what it is to throw; null for nothing, as always where it throws already
     */
    public @Nullable CancellationException exited(
            int number,
            @Nullable Object self,
            @Nullable Object @Nullable [] arguments,
            @Nullable Object result,
            @Nullable Throwable thrown) {
        MethodHooks called = get(number);
        HookedCall call = new HookedCall(called.method(), self, arguments, result, thrown);
        CancellationException cancellation = tell(called.hooks(), call, Moment.EXIT);
        return thrown == null ? cancellation : null;
    }

    /** Each listener is told, whatever the others do; the first one that cancels is obeyed. */
    private @Nullable CancellationException tell(List<Hook> hooks, HookedCall call, Moment moment) {
        boolean[] isBusy = busy.get();
        if (isBusy[0]) {
            return null;
        }
        CancellationException cancellation = null;
        isBusy[0] = true;
        try {
            for (Hook hook : hooks) {
                try {
                    CancellationException wish = tell(hook, call, moment);
                    cancellation = cancellation == null ? wish : cancellation;
                } catch (Throwable e) { // its trouble is neither the program's nor the other listeners'
                    warn(call.method(), hook, e);
                }
            }
        } finally {
            isBusy[0] = false;
        }
        return cancellation;
    }

    private static @Nullable CancellationException tell(Hook hook, HookedCall call, Moment moment) {
        if (moment == Moment.ENTRY) {
            return hook.isToldOfEntries() ? hook.listener().entered(call) : null;
        }
        return hook.isToldOfExits() ? hook.listener().exited(call) : null;
    }

    private void warn(HookedMethod method, Hook hook, Throwable failure) {
        if (failed.add(hook)) {
            warnings.accept("a call of " + method.className() + "." + method.methodName() + " could not be recorded ("
                    + failure + "); of more failures like it nothing is told");
        }
    }
}
