package io.plutorun.agent.weave;

import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookSource;
import io.plutorun.agent.hook.HookedMethods;
import io.plutorun.agent.named.MethodEntries;
import io.plutorun.agent.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** A weaver for tests, and what it tells. */
public final class Weaving {

    private static final String DOOR = "java/lang/PlutoBridge";
    private static final String STUB = "stub/test/PlutoBridge";

    /** A loader of programs, as the weavers see it. */
    private static final ClassLoader PROGRAMS = new ClassLoader(Weaving.class.getClassLoader()) {};

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final ClassWeaver weaver;
    private final HookWeaver hookWeaver;
    private final boolean tracks;

    private Weaving(boolean tracks, List<? extends BiPredicate<String, String>> named, Hook... hooks) {
        this(tracks, new MethodEntries(className -> named, Map.of()), hooks);
    }

    private Weaving(boolean tracks, MethodEntries named, Hook... hooks) {
        Console console = Console.over(lines, new Redactor(Map.of()), LogLevel.DEBUG);
        this.tracks = tracks;
        this.hookWeaver = new HookWeaver(new HookedMethods(console::warn), console);
        hookWeaver.add(List.of(HookSource.of(List.of(hooks))));
        this.weaver = new ClassWeaver(
                new TrackedMethods(),
                named,
                Set.of(),
                hookWeaver,
                method -> Boolean.TRUE.equals(method.attributes().recordResult()),
                console);
    }

    /** Hooks alone. */
    static Weaving ofHooks(Hook... hooks) {
        return new Weaving(false, List.of(), hooks);
    }

    /** What bears the annotation, in a class that has hooks too. */
    static Weaving ofAnnotatedWith(Hook... hooks) {
        return new Weaving(true, List.of(), hooks);
    }

    /** Methods that settings name, in a class that has hooks too. */
    static Weaving ofNamedWith(String entry, Hook... hooks) {
        return new Weaving(true, List.of(new Named(entry)), hooks);
    }

    /** Hooks of every method that can be hooked, told of at these moments; nobody listens. */
    static Hook everyMethod(Moment... moments) {
        return new Hook(className -> List.of(new Named("**#*")), Set.of(moments), new HookListener() {});
    }

    /** What bears the annotation. */
    static Weaving ofAnnotated() {
        return new Weaving(true, List.of());
    }

    /** Methods that settings name; an entry's name may be {@code *}. */
    static Weaving ofNamed(String... entries) {
        return new Weaving(true, List.of(entries).stream().map(Named::new).toList());
    }

    /** Methods that bear an annotation that settings name. */
    static Weaving ofAnnotation(Class<?> annotation) {
        Map<String, List<String>> entries = Map.of("@" + annotation.getName(), List.of(annotation.descriptorString()));
        return new Weaving(true, new MethodEntries(className -> List.of(), entries));
    }

    /** A pattern as launch makes it of what settings name. */
    static BiPredicate<String, String> named(String entry) {
        return new Named(entry);
    }

    /** As launch's patterns: a predicate over name and descriptor, and a text. */
    private record Named(String text) implements BiPredicate<String, String> {
        @Override
        public boolean test(String name, String descriptor) {
            String method = text.substring(text.indexOf('#') + 1);
            return method.equals("*") || method.equals(name);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The woven class, its calls of the bridge redirected to the stub; null where nothing was woven. */
    byte @Nullable [] weave(byte[] classFile) {
        return weave(new ClassReader(classFile).getClassName(), classFile);
    }

    /** The same of a class file that may not be readable. */
    byte @Nullable [] weave(Class<?> type, byte[] classFile) {
        return weave(type.getName().replace('.', '/'), classFile);
    }

    private byte @Nullable [] weave(String name, byte[] classFile) {
        byte[] tracked = tracks ? weaver.weave(name, classFile, PROGRAMS) : null;
        byte[] woven = hookWeaver.transform(PROGRAMS, name, null, null, tracked == null ? classFile : tracked);
        byte[] last = woven == null ? tracked : woven;
        return last == null ? null : redirected(last);
    }

    /** Loads the woven class, whose nest mates come unwoven along. */
    Class<?> load(byte[] classFile) {
        byte[] woven = Objects.requireNonNull(weave(classFile), "nothing was woven");
        String name = new ClassReader(woven).getClassName().replace('/', '.');
        return new ClassLoader(Weaving.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(name, woven, 0, woven.length);
            }
        }.define();
    }

    /** The lines that were told. */
    List<String> lines() {
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    static byte[] classFile(Class<?> type) throws IOException {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    /** The class file as an older compiler would have made it. */
    static byte[] withoutFrames(Class<?> type, int version) throws IOException {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile(type))
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public void visit(
                                    int ignored,
                                    int access,
                                    String name,
                                    @Nullable String signature,
                                    @Nullable String superName,
                                    String @Nullable [] interfaces) {
                                super.visit(version, access, name, signature, superName, interfaces);
                            }

                            @Override
                            public void visitNestMember(String member) {}
                        },
                        ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    /** Calls a static method of a loaded class, and throws what it throws. */
    static @Nullable Object call(Class<?> type, String name, @Nullable Object... arguments) throws Throwable {
        return call(type, null, name, arguments);
    }

    /** The same of an object's method. */
    static @Nullable Object callOn(Object self, String name, @Nullable Object... arguments) throws Throwable {
        return call(self.getClass(), self, name, arguments);
    }

    private static @Nullable Object call(
            Class<?> type, @Nullable Object self, String name, @Nullable Object[] arguments) throws Throwable {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                try {
                    return method.invoke(self, arguments);
                } catch (InvocationTargetException e) {
                    throw Objects.requireNonNull(e.getCause());
                }
            }
        }
        throw new AssertionError("no method " + name);
    }

    /** A class file in which the stub stands in the bridge's place, be it the bridge's own. */
    public static byte[] redirected(byte[] classFile) {
        byte[] door = DOOR.getBytes(StandardCharsets.US_ASCII);
        byte[] stub = STUB.getBytes(StandardCharsets.US_ASCII);
        byte[] redirected = classFile.clone();
        for (int at = 0; at + door.length <= redirected.length; at++) {
            if (Arrays.equals(redirected, at, at + door.length, door, 0, door.length)) {
                System.arraycopy(stub, 0, redirected, at, stub.length);
            }
        }
        return redirected;
    }
}
