package io.plutorun.agent.bridge;

import io.plutorun.agent.host.Privileged;
import io.plutorun.agent.run.Tracker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.WrongMethodTypeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of {@code io.plutorun} call, by name. Method handles, since no functional interface of the JDK takes a number as it is
 * beside a text and a step. A handle is made when it is asked for: the first ones of a JVM take some milliseconds, which no program shall
 * pay that logs nothing.
 */
public final class ProgramFunctions implements Function<String, @Nullable Object> {

    /**
     * A handle that needs no memory itself is called so often before the program gets it. The JDK makes code for this one handle at one of its
     * calls, the 128th at the latest. That takes memory. Where the program has used all of it, that call fails: its value is lost, or the thread
     * stays in a run that it has left.
     */
    private static final int CALLS_BEFORE_THE_PROGRAMS = 128;

    /** Calls a handle once, with its own types, to no effect. */
    private interface IdleCall {
        void of(MethodHandle function) throws Throwable;
    }

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
            case "current" ->
                calledBefore(ofDoor(name, MethodType.methodType(Function.class)), current -> {
                    Function<?, ?> unused = (Function<?, ?>) current.invokeExact();
                });
            case "carry" -> ofDoor(name, MethodType.methodType(Object.class, Object.class));
            case "leave" ->
                calledBefore(
                        ofDoor(name, MethodType.methodType(Object.class, Object.class))
                                .asType(MethodType.methodType(void.class, Object.class)),
                        leave -> {
                            leave.invokeExact((Object) null);
                        });
            case "log" ->
                calledBefore(ofTracker(Object.class, String.class, double.class), log -> {
                    log.invokeExact(tracker.callWithoutRun(), "", 0.0);
                });
            case "logAt" ->
                calledBefore(ofTracker(Object.class, String.class, double.class, long.class), log -> {
                    log.invokeExact(tracker.callWithoutRun(), "", 0.0, 0L);
                });
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
        return MethodHandles.lookup()
                .findVirtual(Tracker.class, "log", MethodType.methodType(void.class, parameters))
                .bindTo(tracker);
    }

    private static MethodHandle calledBefore(MethodHandle function, IdleCall call) {
        try {
            for (int calls = 0; calls < CALLS_BEFORE_THE_PROGRAMS; calls++) {
                call.of(function);
            }
        } catch (WrongMethodTypeException e) {
            throw new IllegalStateException(e); // the build's fault: each function has one type
        } catch (Throwable shortOfMemory) {
            return function; // it is good all the same
        }
        return function;
    }

    /** With the agent's own permissions; objects of the program that are asked for their texts keep their own. */
    void record(@Nullable Object call, String kind, @Nullable Object[] arguments) {
        Privileged.run(() -> {
            records.record(call, kind, arguments);
            return kind;
        });
    }
}
