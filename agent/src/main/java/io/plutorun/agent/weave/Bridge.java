package io.plutorun.agent.weave;

import io.plutorun.agent.run.Tracker;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Builds the door {@code java.lang.PlutoBridge} into {@code java.base} and connects it to the core.
 *
 * <p>{@code java.lang} is opened to the agent's own unnamed module alone, and the class is defined with a lookup that has private access
 * to the package. Appending to the bootstrap class path instead would make the JVM print a warning about class data sharing on the
 * program's stdout. All of the door is used reflectively: nothing in the engine can name it at compile time.
 */
final class Bridge {

    private static final String CLASS_FILE = "java/lang/PlutoBridge.class";

    /** The Java release from which on there is none any more: JEP 486. */
    private static final int NO_SECURITY_MANAGER = 24;

    private Bridge() {}

    static void open(Instrumentation instrumentation, Tracker tracker)
            throws IOException, ReflectiveOperationException {
        Module base = Object.class.getModule();
        Module engine = Bridge.class.getModule();
        instrumentation.redefineModule(
                base, Set.of(), Map.of(), Map.of("java.lang", Set.of(engine)), Set.of(), Map.of());
        Class<?> door = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(classFile());
        BiConsumer<Object, @Nullable Object> returned = (call, result) -> privileged(() -> {
            tracker.returned(call, result);
            return call;
        });
        BiConsumer<Object, Throwable> threw = (call, thrown) -> privileged(() -> {
            tracker.threw(call, thrown);
            return call;
        });
        BiFunction<Object, Object[], Object> enter =
                (number, arguments) -> privileged(() -> tracker.enter((Integer) number, arguments));
        set(door, "returned", returned);
        set(door, "threw", threw);
        set(door, "enter", enter); // the last: only with it calls begin that the others will end
    }

    /**
     * The agent may do what it does whatever the program may, whose code is on the stack: that matters to a {@code SecurityManager}.
     */
    @SuppressWarnings("removal") // needed as long as Java 17 is
    private static Object privileged(PrivilegedAction<Object> action) {
        return Runtime.version().feature() < NO_SECURITY_MANAGER ? AccessController.doPrivileged(action) : action.run();
    }

    private static void set(Class<?> door, String name, Object function) throws ReflectiveOperationException {
        Field field = door.getDeclaredField(name);
        field.setAccessible(true);
        field.set(null, function);
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
