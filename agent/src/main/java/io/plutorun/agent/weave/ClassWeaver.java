package io.plutorun.agent.weave;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.run.TrackedMethod;
import io.plutorun.agent.run.TrackedMethod.Attributes;
import io.plutorun.agent.run.TrackedMethods;
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

/** Weaves the tracked methods of class files: bytes in, bytes out. What can't be woven is left as it is, and one line says why. */
final class ClassWeaver {

    private final TrackedMethods methods;
    private final Function<String, List<? extends BiPredicate<String, String>>> named;
    private final Console console;
    private final Set<String> told = new HashSet<>();

    /**
     * Makes a weaver.
     *
     * @param methods where tracked methods get their numbers
     * @param named from a class's internal name to the patterns that name methods of it; each tests a name and a descriptor, and its
     *     text is what the user wrote
     * @param console where is told what can't be woven
     */
    ClassWeaver(
            TrackedMethods methods,
            Function<String, List<? extends BiPredicate<String, String>>> named,
            Console console) {
        this.methods = methods;
        this.named = named;
        this.console = console;
    }

    /**
     * The woven class file; null when nothing in it is tracked, or can be.
     *
     * @param loader the class's loader, for messages that name superclasses; null for the bootstrap loader
     */
    byte @Nullable [] weave(String className, byte[] classFile, @Nullable ClassLoader loader) {
        try {
            return woven(className, classFile, loader);
        } catch (RuntimeException | LinkageError e) {
            warn(className.replace('/', '.') + " can't be woven (" + e + "); its methods run untracked");
            return null;
        }
    }

    private byte @Nullable [] woven(String className, byte[] classFile, @Nullable ClassLoader loader) {
        ClassReader reader = new ClassReader(classFile);
        ClassScan scan = ClassScan.of(reader);
        Map<String, MethodScan> tracked = tracked(className, scan, loader);
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
        int number = methods.register(new TrackedMethod(
                className.replace('/', '.'), method.name(), attributes, method.parameters(), method.returnsStage()));
        if (method.returnsOtherFuture()) {
            warn(className.replace('/', '.') + "." + method.name() + " returns a " + method.returnType()
                    + ", which can't be followed: its run ends when the method returns; return a CompletableFuture, or"
                    + " annotate the method that waits for the result");
        }
        return new MethodWeaver(next, className, method, number, !attributes.opensOwnRun(), hasFrames);
    }

    /** The methods to weave, by name and descriptor. */
    private Map<String, MethodScan> tracked(String className, ClassScan scan, @Nullable ClassLoader loader) {
        List<? extends BiPredicate<String, String>> patterns = named.apply(className);
        Map<String, MethodScan> tracked = new HashMap<>();
        for (MethodScan method : scan.methods()) {
            boolean isNamed = patterns.stream().anyMatch(pattern -> pattern.test(method.name(), method.descriptor()));
            if ((method.isAnnotated() || (isNamed && !method.isConstructor() && !method.isSynthetic()))
                    && !method.isBridge()
                    && canBeWoven(className, method, patterns)) {
                tracked.put(method.name() + method.descriptor(), method);
            }
        }
        for (BiPredicate<String, String> pattern : patterns) {
            if (scan.methods().stream().noneMatch(method -> pattern.test(method.name(), method.descriptor()))) {
                tellUndeclared(className, pattern, scan, loader);
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
    private void tellUndeclared(
            String className, BiPredicate<String, String> pattern, ClassScan scan, @Nullable ClassLoader loader) {
        String text = pattern.toString();
        if (text.substring(0, text.indexOf('#')).indexOf('*') < 0) {
            String remedy = Superclasses.declaring(pattern, scan.superName(), loader)
                    .map(declaring -> "its superclass " + declaring + " does, name that")
                    .orElse("nor does its superclass "
                            + (scan.superName() == null ? "" : scan.superName().replace('/', '.'))
                            + ", as far as can be seen: name the class that has the method's body");
            warn(className.replace('/', '.') + " does not declare \"" + text + "\", so it is not tracked; " + remedy);
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
