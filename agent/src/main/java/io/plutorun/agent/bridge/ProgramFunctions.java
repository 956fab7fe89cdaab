package io.plutorun.agent.bridge;

import io.plutorun.agent.host.Privileged;
import io.plutorun.agent.run.Tracker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of {@code io.plutorun} call, by name. Method handles, since no functional interface of the JDK takes a number as it is
 * beside a text and a step. A handle is made when it is asked for: the first ones of a JVM take some milliseconds, which no program shall
 * pay that logs nothing.
 */
public final class ProgramFunctions implements Function<String, @Nullable Object> {

    /**
     * A handle that logs is called so often before the program gets it. The JDK makes code for this one handle at one of its calls, the 128th at
     * the latest. That takes memory. Where the program has used all of it, that call fails, and its value is lost.
     */
    private static final int CALLS_BEFORE_THE_PROGRAMS = 128;

    private static final int PARAMETERS_WITH_STEP = 4;

    private final Class<?> door;
    private final Tracker tracker;
    private final ProgramRecords records;

    ProgramFunctions(Class<?> door, Tracker tracker, ProgramRecords records) {
        this.door = door;
        this.tracker = tracker;
        this.records = records;
    }

    /**
     * A function's handle; null for a name that a later version of {@code io.plutorun} may ask for.
     *
     * <ul>
     *   <li>{@code current}, {@code carry}, {@code leave}: the bridge's methods; the last one returns nothing
     *   <li>{@code log}: (call or null, name, value)
     *   <li>{@code logAt}: (call or null, name, value, step)
     *   <li>{@code record}: (call or null, kind, arguments)
     * </ul>
     */
    @Override
    public @Nullable Object apply(String name) {
        return Privileged.run(() -> {
            try {
                return handle(name);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e); // the build's fault: these methods are there
            }
        });
    }

    private @Nullable MethodHandle handle(String name) throws ReflectiveOperationException {
        return switch (name) {
            case "current" -> ofDoor(name, MethodType.methodType(Function.class));
            case "carry" -> ofDoor(name, MethodType.methodType(Object.class, Object.class));
            case "leave" ->
                ofDoor(name, MethodType.methodType(Object.class, Object.class))
                        .asType(MethodType.methodType(void.class, Object.class));
            case "log" -> ofTracker(Object.class, String.class, double.class);
            case "logAt" -> ofTracker(Object.class, String.class, double.class, long.class);
            case "record" ->
                MethodHandles.lookup()
                        .findVirtual(
                                ProgramFunctions.class,
                                name,
                                MethodType.methodType(void.class, Object.class, String.class, Object[].class))
                        .bindTo(this);
            default -> null;
        };
    }

    private MethodHandle ofDoor(String name, MethodType type) throws ReflectiveOperationException {
        return MethodHandles.publicLookup().findStatic(door, name, type);
    }

    private MethodHandle ofTracker(Class<?>... parameters) throws ReflectiveOperationException {
        MethodHandle log = MethodHandles.lookup()
                .findVirtual(Tracker.class, "log", MethodType.methodType(void.class, parameters))
                .bindTo(tracker);
        callBeforeTheProgram(log);
        return log;
    }

    private void callBeforeTheProgram(MethodHandle log) {
        boolean hasStep = log.type().parameterCount() == PARAMETERS_WITH_STEP;
        try {
            for (int call = 0; call < CALLS_BEFORE_THE_PROGRAMS; call++) {
                if (hasStep) {
                    log.invokeExact(tracker.callWithoutRun(), "", 0.0, 0L);
                } else {
                    log.invokeExact(tracker.callWithoutRun(), "", 0.0);
                }
            }
        } catch (Throwable shortOfMemory) {
            // the handle is good all the same
        }
    }

    /** With the agent's own permissions; objects of the program that are asked for their texts keep their own. */
    void record(@Nullable Object call, String kind, @Nullable Object[] arguments) {
        Privileged.run(() -> {
            records.record(call, kind, arguments);
            return kind;
        });
    }
}
