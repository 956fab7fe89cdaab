package io.plutorun.agent.weave;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which method of the program's main class the JVM starts, as its launcher chooses (JLS 12.1.4): the {@code main} that takes the arguments,
 * else the one that takes none; each may be inherited.
 */
final class MainMethods {

    /** In the order in which they are looked for. */
    private static final List<String> DESCRIPTORS = List.of("([Ljava/lang/String;)V", "()V");

    private final Set<String> classes;

    /** From the internal name of a class that has a main method for others to inherit, to the binary name of the one that inherits. */
    private final Map<String, String> heirs = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param classes internal names of the classes that may have the program's main method. The superclass that a main class inherits its
     *     method from is added, so that it gets here too when it is loaded, which is after that main class was looked at
     */
    MainMethods(Set<String> classes) {
        this.classes = classes;
    }

    /** The program's main method; empty where the class does not have it. */
    Optional<MethodScan> in(String className, ClassScan scan, @Nullable ClassLoader loader) {
        if (!classes.contains(className)) {
            return Optional.empty();
        }
        for (String wanted : DESCRIPTORS) {
            BiPredicate<String, String> shape = (name, descriptor) -> name.equals("main") && descriptor.equals(wanted);
            Optional<MethodScan> own = scan.methods().stream()
                    .filter(method -> !method.isPrivate() && shape.test(method.name(), method.descriptor()))
                    .findFirst();
            if (own.isPresent()) {
                return own;
            }
            Optional<String> declaring = Superclasses.declaring(shape, scan.superName(), loader);
            if (declaring.isPresent()) {
                String inherited = declaring.get().replace('.', '/');
                heirs.put(inherited, mainClass(className));
                classes.add(inherited);
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The binary name of the class that the program was started by, for the class that has its main method. */
    String mainClass(String className) {
        return heirs.getOrDefault(className, className.replace('/', '.'));
    }
}
