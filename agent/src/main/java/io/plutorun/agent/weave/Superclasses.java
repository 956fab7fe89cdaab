package io.plutorun.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BiPredicate;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the superclass that declares a method. Class files are read as resources of the class's own loader; no class is loaded, since
 * this happens while one is being loaded.
 */
final class Superclasses {

    /** No hierarchy is as deep; a loader that answers in circles must not keep us here. */
    private static final int MAX_DEPTH = 100;

    private Superclasses() {}

    /** The nearest superclass that declares a method which the pattern names; empty when none does, or class files can't be had. */
    static Optional<String> declaring(
            BiPredicate<String, String> pattern, @Nullable String superName, @Nullable ClassLoader loader) {
        String name = superName;
        for (int i = 0; i < MAX_DEPTH && name != null; i++) {
            Optional<ClassScan> scan = scan(name, loader);
            if (scan.isEmpty()) {
                return Optional.empty();
            }
            if (scan.get().methods().stream().anyMatch(method -> pattern.test(method.name(), method.descriptor()))) {
                return Optional.of(name.replace('/', '.'));
            }
            name = scan.get().superName();
        }
        return Optional.empty();
    }

    private static Optional<ClassScan> scan(String name, @Nullable ClassLoader loader) {
        String path = name + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(ClassScan.of(new ClassReader(in.readAllBytes())));
        } catch (IOException | RuntimeException e) { // the loader is the program's, and may do as it likes
            return Optional.empty();
        }
    }
}
