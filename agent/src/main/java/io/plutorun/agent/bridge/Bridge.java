package io.plutorun.agent.bridge;

import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.HookedMethods;
import io.plutorun.agent.host.Privileged;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.shutdown.ExitWatch.Exiting;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door {@code java.lang.PlutoBridge}, built into {@code java.base}.
 *
 * <p>{@code java.lang} is opened to the agent's own unnamed module alone, and the class is defined with a lookup that has private access
 * to the package. Appending to the bootstrap class path instead would make the JVM print a warning about class data sharing on the
 * program's stdout. All of the door is used reflectively: nothing in the engine can name it at compile time.
 */
public final class Bridge {

    private static final String CLASS_FILE = "java/lang/PlutoBridge.class";

    /** What the bridge tells of a hooked method's entry: its number, the receiver, the arguments. More of its exit. */
    private static final int AT_ENTRY = 3;

    private final Class<?> door;

    /** Makes it of the class. */
    Bridge(Class<?> door) {
        this.door = door;
    }

    /** Builds it; nobody stands behind it yet. */
    public static Bridge build(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        Module base = Object.class.getModule();
        Module engine = Bridge.class.getModule();
        instrumentation.redefineModule(
                base, Set.of(), Map.of(), Map.of("java.lang", Set.of(engine)), Set.of(), Map.of());
        return new Bridge(MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(classFile()));
    }

    /**
     * From now on the core hears of tracked calls, and of what is logged.
     *
     * @param records takes what the program says of its runs
     * @return what a class of {@code io.plutorun} finds in the bridge if it looks from now on
     */
    public ProgramFunctions connect(Tracker tracker, ProgramRecords records) throws ReflectiveOperationException {
        BiConsumer<Object, @Nullable Object> returned = (call, result) -> Privileged.run(() -> {
            tracker.returned(call, result);
            return call;
        });
        BiConsumer<Object, Throwable> threw = (call, thrown) -> {
            tracker.releaseMemory(call, thrown); // first, since even a lambda takes memory
            Privileged.run(() -> {
                tracker.threw(call, thrown);
                return call;
            });
        };
        Supplier<@Nullable Object> sole = tracker::sole;
        Consumer<Object> halting = status -> Privileged.run(() -> {
            tracker.halting((Integer) status);
            return status;
        });
        BiFunction<@Nullable Object[], Object[], Object> enter = (call, arguments) -> enter(tracker, call, arguments);
        BiConsumer<Thread, Throwable> dying = (thread, thrown) -> Privileged.run(() -> {
            tracker.dying(thread, thrown);
            return thread;
        });
        set("dying", dying);
        set("returned", returned);
        set("threw", threw);
        set("sole", sole);
        set("halting", halting);
        set("enter", enter); // behind the others: only with it calls begin that they will end
        ProgramFunctions functions = new ProgramFunctions(door, tracker, records);
        set("functions", functions);
        return functions;
    }

    /**
     * The runs that the threads' calls belong to.
     *
     * @param trainingProgram see {@link BridgedRuns}
     */
    public CurrentRuns currentRuns(Tracker tracker, @Nullable Set<String> trainingProgram)
            throws ReflectiveOperationException {
        return new BridgedRuns(
                MethodHandles.publicLookup().findStatic(door, "current", MethodType.methodType(Function.class)),
                tracker,
                trainingProgram);
    }

    /** From now on these hear of the calls of hooked methods. */
    public void connect(HookedMethods hooked) throws ReflectiveOperationException {
        Function<Object[], @Nullable Object> hook = call -> Privileged.run(() -> {
            int number = (Integer) call[0];
            @Nullable Object[] arguments = (Object[]) call[2];
            return call.length == AT_ENTRY
                    ? hooked.entered(number, call[1], arguments)
                    : hooked.exited(number, call[1], arguments, call[3], (Throwable) call[4]);
        });
        set("hook", hook);
    }

    private static Object enter(Tracker tracker, @Nullable Object[] call, Object[] arguments) {
        try {
            return Privileged.run(() -> tracker.enter((Integer) call[0], call[1], arguments));
        } catch (Throwable e) { // of memory or stack there was not even enough for the tracker's own net
            return tracker.entryFailed();
        }
    }

    /** Who has asked the JVM to exit. */
    public List<Exiting> exits() {
        List<Exiting> exits = new ArrayList<>();
        try {
            for (Object[] exit = (Object[]) field("exits").get(null); exit != null; exit = (Object[]) exit[2]) {
                exits.add(new Exiting((Thread) exit[0], (Integer) exit[1]));
            }
        } catch (ReflectiveOperationException e) {
            // a bridge of another version: nothing was heard
        }
        return exits;
    }

    private void set(String name, Object function) throws ReflectiveOperationException {
        field(name).set(null, function);
    }

    private Field field(String name) throws ReflectiveOperationException {
        Field field = door.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static byte[] classFile() throws IOException {
        try (InputStream in = Bridge.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
            if (in == null) {
                throw new IOException("the agent's jar has no " + CLASS_FILE);
            }
            return in.readAllBytes();
        }
    }
}
