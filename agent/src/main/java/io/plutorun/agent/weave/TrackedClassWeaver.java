package io.plutorun.agent.weave;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.run.TrackedMethod;
import io.plutorun.agent.run.TrackedMethod.Attributes;
import io.plutorun.agent.run.TrackedMethods;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Weaves the classes that pass the filter. What can't be woven is left as it is, and one line says why. */
public final class TrackedClassWeaver implements ClassFileTransformer {

    private final TrackedMethods methods = new TrackedMethods();
    private final Function<String, List<? extends BiPredicate<String, String>>> named;
    private final Console console;
    private final Set<String> told = new HashSet<>();

    /**
     * Puts the engine together. Called reflectively, by {@code launch}, in which no type of the engine can be named.
     *
     * @param instrumentation the JVM's
     * @param arguments the agent's arguments
     * @param file the settings file's entries
     * @param warnings what launch could not read
     * @param named from a class's internal name to the patterns that name methods of it; each tests a name and a descriptor, and its
     *     text is what the user wrote
     */
    public TrackedClassWeaver(
            Instrumentation instrumentation,
            Map<String, String> arguments,
            Map<String, String> file,
            List<String> warnings,
            Function<String, List<? extends BiPredicate<String, String>>> named)
            throws IOException, ReflectiveOperationException {
        Settings settings = new Settings(System::getProperty, System::getenv, arguments, file);
        Redactor redactor = new Redactor(System.getenv());
        this.named = named;
        this.console = Console.of(
                redactor,
                settings.get(Options.DEBUG_LEVEL),
                settings.find(Options.LOG_FILE).map(Sourced::value).orElse(null));
        warnings.forEach(console::warn);
        settings.find(Options.ENABLED); // looked at by launch already, which can't complain
        Tracker tracker = new Tracker(methods, settings, redactor, console);
        settings.takeWarnings().forEach(console::warn);
        Bridge.open(instrumentation, tracker);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        try {
            return weave(className, classFile);
        } catch (RuntimeException | LinkageError e) {
            warn(className.replace('/', '.') + " can't be woven (" + e + "); its methods run untracked");
            return null;
        }
    }

    /** The woven class file; null when nothing in it is tracked. */
    byte @Nullable [] weave(String className, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassScan scan = ClassScan.of(reader);
        Map<String, MethodScan> tracked = tracked(className, scan);
        if (tracked.isEmpty()) {
            return null;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        MethodScan method = tracked.get(name + descriptor);
                        return method == null ? next : weaver(next, className, method, scan.hasFrames());
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    private MethodWeaver weaver(MethodVisitor next, String className, MethodScan method, boolean hasFrames) {
        Attributes attributes = method.attributes();
        int number = methods.register(
                new TrackedMethod(className.replace('/', '.'), method.name(), attributes, method.parameters()));
        return new MethodWeaver(next, className, method, number, !attributes.opensOwnRun(), hasFrames);
    }

    /** The methods to weave, by name and descriptor. */
    private Map<String, MethodScan> tracked(String className, ClassScan scan) {
        List<? extends BiPredicate<String, String>> patterns = named.apply(className);
        Map<String, MethodScan> tracked = new HashMap<>();
        for (MethodScan method : scan.methods()) {
            boolean isNamed = patterns.stream().anyMatch(pattern -> pattern.test(method.name(), method.descriptor()));
            if ((method.isAnnotated() || (isNamed && !method.isConstructor()))
                    && !method.isBridge()
                    && canBeWoven(className, method, patterns)) {
                tracked.put(method.name() + method.descriptor(), method);
            }
        }
        for (BiPredicate<String, String> pattern : patterns) {
            if (scan.methods().stream().noneMatch(method -> pattern.test(method.name(), method.descriptor()))) {
                tellUndeclared(className, pattern, scan);
            }
        }
        return tracked;
    }

    private boolean canBeWoven(
            String className, MethodScan method, List<? extends BiPredicate<String, String>> patterns) {
        if (!method.hasCode() && !isMeant(method, patterns)) {
            return false;
        }
        String why = null;
        if (method.isConstructor()) {
            why = "a constructor can't be tracked; annotate the method that calls it";
        } else if (!method.hasCode()) {
            why = "it has no body; annotate the method that has it";
        } else if (method.isSuspendFunction()) {
            why =
                    "a Kotlin suspend function returns when it first suspends; annotate the function that calls runBlocking";
        } else if (method.maxLocals() >= 0xFFFF) {
            why = "it uses all local variables that a method can have";
        }
        if (why != null) {
            warn(className.replace('/', '.') + "." + method.name() + " is not tracked: " + why);
        }
        return why == null;
    }

    /** A wildcard also matches the declarations of methods that have their bodies elsewhere; nobody wants to hear of each. */
    private static boolean isMeant(MethodScan method, List<? extends BiPredicate<String, String>> patterns) {
        return method.isAnnotated()
                || patterns.stream()
                        .anyMatch(pattern -> pattern.toString().indexOf('*') < 0
                                && pattern.test(method.name(), method.descriptor()));
    }

    /** Patterns with a wildcard in the class name may match classes that the user did not think of. */
    private void tellUndeclared(String className, BiPredicate<String, String> pattern, ClassScan scan) {
        String text = pattern.toString();
        if (text.substring(0, text.indexOf('#')).indexOf('*') < 0) {
            String superName = scan.superName() == null
                    ? "java.lang.Object"
                    : scan.superName().replace('/', '.');
            warn(className.replace('/', '.') + " does not declare \"" + text
                    + "\", so it is not tracked; its superclass is " + superName
                    + ": name the class that has the method's body");
        }
    }

    private void warn(String line) {
        boolean first;
        synchronized (told) {
            first = told.add(line);
        }
        if (first) {
            console.warn(line);
        }
    }
}
