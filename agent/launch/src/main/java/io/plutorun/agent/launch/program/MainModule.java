package io.plutorun.agent.launch.program;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The main class of {@code java -m module} and {@code java -m module/class}. */
final class MainModule {

    private MainModule() {}

    /**
     * The main class; null where it can't be known, and for the JDK's own modules, which are those of {@code javac} and its like.
     *
     * @param word {@code module} or {@code module/class}
     */
    static @Nullable String mainClass(String word, String module) {
        if (module.startsWith("jdk.") || module.startsWith("java.")) {
            return null;
        }
        int slash = word.indexOf('/');
        return slash < 0 ? declaredBy(module) : word.substring(slash + 1);
    }

    /** What the module's descriptor says. By reflection: Java 8 has no modules. */
    private static @Nullable String declaredBy(String name) {
        try {
            Class<?> layers = Class.forName("java.lang.ModuleLayer");
            Object boot = layers.getMethod("boot").invoke(null);
            Optional<?> module =
                    (Optional<?>) layers.getMethod("findModule", String.class).invoke(boot, name);
            Object descriptor =
                    Class.forName("java.lang.Module").getMethod("getDescriptor").invoke(module.orElse(null));
            Optional<?> main = (Optional<?>) Class.forName("java.lang.module.ModuleDescriptor")
                    .getMethod("mainClass")
                    .invoke(descriptor);
            return (String) main.orElse(null);
        } catch (ReflectiveOperationException | RuntimeException e) { // there is no such module, or no main class
            return null;
        }
    }
}
