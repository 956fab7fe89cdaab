package io.plutorun.agent.weave;

import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/** A weaver for tests, and what it tells. */
final class Weaving {

    private static final String DOOR = "java/lang/PlutoBridge";
    private static final String STUB = "stub/test/PlutoBridge";

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final ClassWeaver weaver;

    private Weaving(List<? extends BiPredicate<String, String>> named) {
        Console console = Console.over(lines, new Redactor(Map.of()), LogLevel.DEBUG);
        this.weaver = new ClassWeaver(new TrackedMethods(), className -> named, console);
    }

    /** What bears the annotation. */
    static Weaving ofAnnotated() {
        return new Weaving(List.of());
    }

    /** Methods that settings name; an entry's name may be {@code *}. */
    static Weaving ofNamed(String... entries) {
        return new Weaving(List.of(entries).stream().map(Named::new).toList());
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
        byte[] woven = weaver.weave(name, classFile, Weaving.class.getClassLoader());
        return woven == null ? null : redirected(woven);
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

    /** A class file in which the stub stands in the bridge's place, be it the bridge's own. */
    static byte[] redirected(byte[] classFile) {
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
