package io.plutorun.agent.weave;

import io.plutorun.agent.bridge.Bridge;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookSource;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.hook.HookedMethods;
import io.plutorun.agent.named.MethodEntries;
import io.plutorun.agent.settings.LogLevel;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own for {@link HooksTest}, agent and program in one: the real bridge, the real weavers, and a JVM that retransforms. What
 * happens is written to stdout, a line each.
 */
public final class HookedJvm {

    private static final List<Instrumentation> INSTRUMENTATION = new ArrayList<>();

    private final List<String> events = new ArrayList<>();
    private final Console console = Console.over(System.out, new Redactor(Map.of()), LogLevel.DEBUG);
    private final Instrumentation instrumentation = INSTRUMENTATION.get(0);
    private final HookedMethods methods = new HookedMethods(console::warn);
    private final HookWeaver weaver = new HookWeaver(methods, console);
    private final Hooks hooks;

    private HookedJvm() throws Exception {
        Bridge bridge = Bridge.build(instrumentation);
        hooks = new Hooks(instrumentation, bridge, methods, weaver, console);
        BiFunction<Object, Object, Object> enter = (call, arguments) -> {
            events.add("enter");
            return new Object();
        };
        BiConsumer<Object, Object> returned = (call, result) -> events.add("returned");
        set("enter", enter);
        set("returned", returned);
    }

    private static void set(String field, Object function) throws ReflectiveOperationException {
        Field its = Class.forName("java.lang.PlutoBridge").getDeclaredField(field);
        its.setAccessible(true);
        its.set(null, function);
    }

    /** As the JVM calls an agent. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        INSTRUMENTATION.add(instrumentation);
    }

    /** A loader of the program's, with classes of its own. */
    private static final class Program extends ClassLoader {

        Program() {
            super(HookedJvm.class.getClassLoader());
        }

        Class<?> load(Class<?> type) throws IOException {
            byte[] classFile = Weaving.classFile(type);
            return defineClass(type.getName(), classFile, 0, classFile.length);
        }
    }

    /** The program's. */
    public static final class Trainer {

        /** Tracked, as settings name it. */
        public static int train(int number) {
            return 10 * step(number);
        }

        /** Hooked. */
        public static int step(int number) {
            return number + 1;
        }
    }

    /** The program's, loaded late. */
    public static final class Late {

        /** Hooked. */
        public static int step(int number) {
            return number + 2;
        }
    }

    /** The program's, which another agent breaks when it is retransformed. */
    public static final class Broken {

        /** Hooked. */
        public static int step(int number) {
            return number + 3;
        }
    }

    private final class Listener implements HookListener {

        private @Nullable CancellationException wish;

        @Override
        public @Nullable CancellationException entered(HookedCall call) {
            events.add("entered " + call.method().methodName() + Arrays.toString(call.arguments()));
            return wish;
        }

        @Override
        public @Nullable CancellationException exited(HookedCall call) {
            events.add("exited " + call.method().methodName() + " " + call.result());
            return null;
        }
    }

    private static Hook hook(Class<?> type, String method, HookListener listener) {
        return new Hook(
                ExactMethod.of(type.getName(), method), Set.of(Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS), listener);
    }

    private void say(String what) {
        System.out.println(what + " " + events);
        events.clear();
    }

    /** As {@code launch} lets tracked classes through. */
    private void track() {
        ClassWeaver tracking = new ClassWeaver(
                new TrackedMethods(),
                new MethodEntries(
                        className ->
                                className.endsWith("$Trainer") ? List.of(Weaving.named("Trainer#train")) : List.of(),
                        Map.of()),
                Set.of(),
                weaver,
                method -> false,
                console);
        instrumentation.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte @Nullable [] transform(
                            @Nullable ClassLoader loader,
                            @Nullable String className,
                            @Nullable Class<?> redefined,
                            @Nullable ProtectionDomain domain,
                            byte[] classFile) {
                        return loader != HookedJvm.class.getClassLoader() && isNamed(className, "$Trainer")
                                ? tracking.transform(
                                        loader, Objects.requireNonNull(className), redefined, domain, classFile)
                                : null;
                    }
                },
                true);
    }

    /** An agent that comes behind ours, and leaves nothing that the JVM could read. */
    private void breakWhatIsRetransformed() {
        instrumentation.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte @Nullable [] transform(
                            @Nullable ClassLoader loader,
                            @Nullable String className,
                            @Nullable Class<?> redefined,
                            @Nullable ProtectionDomain domain,
                            byte[] classFile) {
                        return redefined != null && isNamed(className, "$Broken") ? new byte[100] : null;
                    }
                },
                true);
    }

    private static boolean isNamed(@Nullable String className, String end) {
        return className != null && className.endsWith(end);
    }

    private static int call(Class<?> type, String method) throws ReflectiveOperationException {
        return (Integer) type.getMethod(method, int.class).invoke(null, 1);
    }

    private WeakReference<ClassLoader> run() throws Exception {
        track();
        Program program = new Program();
        Class<?> trainer = program.load(Trainer.class);
        Class<?> broken = program.load(Broken.class);
        say(call(trainer, "train") + " before");

        Listener listener = new Listener();
        hooks.register(List.of(HookSource.of(List.of(
                hook(Trainer.class, "step", listener),
                hook(Trainer.class, "train", listener),
                hook(Late.class, "step", listener),
                hook(Broken.class, "step", listener)))));
        say(call(trainer, "train") + " registered");
        say(call(program.load(Late.class), "step") + " loaded later");

        breakWhatIsRetransformed();
        int members = trainer.getDeclaredMethods().length + trainer.getDeclaredFields().length;
        long start = System.nanoTime();
        hooks.weaveLoaded();
        System.out.println("retransformed in " + (System.nanoTime() - start) / 1_000_000 + " ms, with "
                + instrumentation.getAllLoadedClasses().length + " loaded classes");
        say(call(trainer, "train") + " retransformed");
        say(call(broken, "step") + " broken");
        System.out.println("members added: "
                + (trainer.getDeclaredMethods().length + trainer.getDeclaredFields().length - members));

        instrumentation.retransformClasses(trainer);
        say(call(trainer, "train") + " once more, by another agent");

        CancellationException wish = new CancellationException("cancelled in Pluto");
        listener.wish = wish;
        try {
            call(trainer, "step");
        } catch (ReflectiveOperationException e) {
            say((e.getCause() == wish) + " cancelled");
        }
        return new WeakReference<>(program);
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        WeakReference<ClassLoader> loader = new HookedJvm().run();
        List<byte[]> memory = new ArrayList<>();
        while (loader.get() != null && memory.size() < 10_000) { // whoever holds the loader lets this run to its end
            memory.add(new byte[1000]);
            System.gc();
        }
        System.out.println(Objects.isNull(loader.get()) ? "the program's loader is gone" : "it is held");
    }
}
