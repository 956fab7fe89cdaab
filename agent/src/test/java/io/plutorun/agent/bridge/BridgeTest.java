package io.plutorun.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.plutorun.Pluto;
import io.plutorun.agent.TestWiring;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.run.KeptValues;
import io.plutorun.agent.run.Sample;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.shutdown.NoExits;
import io.plutorun.agent.weave.Weaving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between the program's copies of {@code io.plutorun} and the core. The bridge can't be defined in {@code java.lang} here: it has another name. */
class BridgeTest {

    private final Sample sample = new Sample();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = Console.over(out, new Redactor(Map.of()), LogLevel.DEBUG);
    private final TrackedMethods methods = new TrackedMethods();
    private Class<?> door = Object.class;

    BridgeTest(@TempDir Path directory) {
        sample.environment.putAll(
                Map.of("PLUTO_MODE", "offline", "PLUTO_DIR", directory.toString(), "PLUTO_SHUTDOWN_TIMEOUT", "1ms"));
    }

    @BeforeEach
    void define() throws IOException {
        byte[] bridge = Weaving.redirected(classFile("java/lang/PlutoBridge"));
        door = new Copies(BridgeTest.class.getClassLoader()).define("stub.test.PlutoBridge", bridge);
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ClassLoader.getSystemResourceAsStream(name + ".class"))) {
            return in.readAllBytes();
        }
    }

    /** A loader with its own copy of {@code io.plutorun}. */
    private static final class Copies extends ClassLoader {

        Copies(ClassLoader parent) {
            super(parent);
        }

        Class<?> define(String name, byte[] classFile) {
            return defineClass(name, classFile, 0, classFile.length);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.matches("io\\.plutorun\\.[\\w$]+")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                try {
                    return loaded == null ? define(name, classFile(name.replace('.', '/'))) : loaded;
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    private Bridge bridge() {
        return new Bridge(door);
    }

    private ProgramFunctions connect(Bridge bridge) throws ReflectiveOperationException {
        Redactor redactor = new Redactor(Map.of());
        Tracker tracker =
                TestWiring.tracker(methods, sample.settings(), sample.jvm(), redactor, console, new NoExits());
        return bridge.connect(tracker, new ProgramRecords(tracker, UnusedInstrumentation.trees(), redactor, console));
    }

    private void give(ProgramFunctions functions, Class<?>... loaded) {
        Instrumentation instrumentation = (Instrumentation) Proxy.newProxyInstance(
                BridgeTest.class.getClassLoader(), new Class<?>[] {Instrumentation.class}, (self, method, given) -> {
                    assertThat(method.getName()).isEqualTo("getAllLoadedClasses");
                    return loaded;
                });
        AgentDoorCopies.give(functions, instrumentation, console);
    }

    /** Enters a tracked method as woven code does. */
    private Object enter() throws ReflectiveOperationException {
        return door.getMethod("enter", int.class, Object[].class)
                .invoke(null, methods.register(sample.method()), new Object[0]);
    }

    private KeptValues valuesOfThisThread() throws ReflectiveOperationException {
        return KeptValues.of(door.getMethod("current").invoke(null));
    }

    private static void log(Class<?> pluto, double value) throws ReflectiveOperationException {
        pluto.getMethod("log", String.class, double.class).invoke(null, "loss", value);
    }

    @Test
    void the_bridge_has_functions_for_the_program_when_it_is_connected_and_not_before() throws Exception {
        Bridge bridge = bridge();
        Method functions = door.getMethod("functions");
        assertThat(functions.invoke(null)).isNull();

        ProgramFunctions connected = connect(bridge);

        assertThat(functions.invoke(null)).isSameAs(connected);
        for (String name : List.of("current", "carry", "leave", "log", "logAt", "record")) {
            assertThat(connected.apply(name)).as(name).isNotNull();
        }
        assertThat(connected.apply("a later version's")).isNull();
    }

    @Test
    void copies_of_the_annotations_that_were_there_before_log_into_the_thread_s_run() throws Exception {
        ClassLoader used = new Copies(BridgeTest.class.getClassLoader());
        Class<?> usedPluto = Class.forName(Pluto.class.getName(), true, used);
        log(usedPluto, 0); // without an agent
        ClassLoader loaded = new Copies(BridgeTest.class.getClassLoader());
        Class<?> notInitialised = Class.forName("io.plutorun.AgentDoor", false, loaded);

        give(
                connect(bridge()),
                String.class,
                Class.forName("io.plutorun.AgentDoor", false, used),
                BridgeTest.class,
                notInitialised);
        Object frame = enter();
        KeptValues values = valuesOfThisThread();
        log(usedPluto, 1);
        log(loaded.loadClass(Pluto.class.getName()), 2);
        door.getMethod("returned", Object.class, Object.class).invoke(null, frame, null);
        log(usedPluto, 3);

        assertThat(values.all()).containsExactly("loss=1.0", "loss=2.0");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("io.plutorun of");
    }

    @Test
    void a_copy_of_another_version_keeps_no_other_from_its_functions() throws Exception {
        Copies other = new Copies(BridgeTest.class.getClassLoader());
        byte[] foreign = classFile("io/plutorun/AgentDoor");
        Class<?> withoutField = other.define("io.plutorun.AgentDoor", renamedField(foreign));
        ClassLoader used = new Copies(BridgeTest.class.getClassLoader());

        give(connect(bridge()), withoutField, Class.forName("io.plutorun.AgentDoor", false, used));
        enter();
        KeptValues values = valuesOfThisThread();
        log(used.loadClass(Pluto.class.getName()), 1);

        assertThat(values.all()).containsExactly("loss=1.0");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("is of another version");
    }

    private static byte[] renamedField(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("\u0005agent");
        return text.replace("\u0005agent", "\u0005agant").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    @SuppressWarnings("unchecked") // of the same shape in every loader
    void a_run_that_is_kept_logs_from_any_thread_and_carries_itself_there() throws Exception {
        ClassLoader loader = new Copies(BridgeTest.class.getClassLoader());
        give(connect(bridge()), Class.forName("io.plutorun.AgentDoor", false, loader));
        Class<?> pluto = loader.loadClass(Pluto.class.getName());
        Class<?> runType = loader.loadClass("io.plutorun.Run");
        enter();
        KeptValues values = valuesOfThisThread();
        Object run = pluto.getMethod("current").invoke(null);
        Object wrapped = runType.getMethod("wrap", Runnable.class).invoke(run, (Runnable) () -> logQuietly(pluto, 2));
        Method table = runType.getMethod("table", String.class, List.class, List.class);
        Thread thread = new Thread(() -> {
            enterQuietly(); // another run: the thread alone would mean that one
            logAtQuietly(runType, run, 1);
            ((Runnable) wrapped).run();
        });
        thread.start();
        thread.join();
        table.invoke(run, "top", List.of("name"), List.of(List.of("a")));

        assertThat(values.all()).containsExactly("loss=1.0 at 5", "loss=2.0", "top [name] [[a]]");
    }

    private static void logQuietly(Class<?> pluto, double value) {
        assertThatCode(() -> log(pluto, value)).doesNotThrowAnyException();
    }

    private static void logAtQuietly(Class<?> runType, Object run, double value) {
        assertThatCode(() -> runType.getMethod("log", String.class, double.class, long.class)
                        .invoke(run, "loss", value, 5L))
                .doesNotThrowAnyException();
    }

    private void enterQuietly() {
        assertThatCode(this::enter).doesNotThrowAnyException();
    }
}
