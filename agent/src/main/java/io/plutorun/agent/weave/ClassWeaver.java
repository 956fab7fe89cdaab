package io.plutorun.agent.weave;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.TrackedMethod.Attributes;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Weaves the tracked methods of class files: bytes in, bytes out. What can't be woven is left as it is, and one line says why. */
public final class ClassWeaver implements ClassFileTransformer {

    /** The newest class file that the weaver's library can read; a test says when that changes. */
    static final int NEWEST_READABLE = Opcodes.V28;

    /** JVMS 4.1: Java 1.1 has 45, and each release one more. */
    private static final int VERSION_OF_JAVA_0 = 44;

    /** Bytes: JVMS 4.7.3. */
    private static final int MAX_CODE = 0xFFFF;

    private final TrackedMethods methods;
    private final Function<String, List<? extends BiPredicate<String, String>>> named;
    private final WeaveWarnings complaints;

    /**
     * Makes a weaver.
     *
     * @param methods where tracked methods get their numbers
     * @param named from a class's internal name to the patterns that name methods of it; each tests a name and a descriptor, and its
     *     text is what the user wrote
     * @param console where is told what can't be woven
     */
    public ClassWeaver(
            TrackedMethods methods,
            Function<String, List<? extends BiPredicate<String, String>>> named,
            Console console) {
        this.methods = methods;
        this.named = named;
        this.complaints = new WeaveWarnings(console);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        return weave(className, classFile, loader);
    }

    /**
     * The woven class file; null when nothing in it is tracked, or can be.
     *
     * @param loader the class's loader, for messages that name superclasses; null for the bootstrap loader
     */
    byte @Nullable [] weave(String className, byte[] classFile, @Nullable ClassLoader loader) {
        int version = version(classFile);
        if (version > NEWEST_READABLE) {
            complaints.error("version " + version, tooNew(className, version));
            return null;
        }
        try {
            return woven(className, classFile, loader);
        } catch (RuntimeException | LinkageError e) {
            complaints.warn(className.replace('/', '.') + " can't be woven (" + e + "); its methods run untracked");
            return null;
        }
    }

    private byte @Nullable [] woven(String className, byte[] classFile, @Nullable ClassLoader loader) {
        ClassReader reader = new ClassReader(classFile);
        ClassScan scan = ClassScan.of(reader);
        Map<String, MethodScan> tracked = tracked(className, scan, loader);
        while (!tracked.isEmpty()) {
            try {
                return written(className, reader, tracked, scan.hasFrames());
            } catch (MethodTooLargeException e) { // that one is left as it is, the others are not made to suffer
                if (tracked.remove(e.getMethodName() + e.getDescriptor()) == null) {
                    throw e;
                }
                complaints.warn(className.replace('/', '.') + "." + e.getMethodName()
                        + " is not tracked: with the agent's calls in it, it would have " + e.getCodeSize()
                        + " bytes of code, and the JVM takes " + MAX_CODE
                        + " at most; annotate the method that calls it");
            }
        }
        return null;
    }

    private byte[] written(String className, ClassReader reader, Map<String, MethodScan> tracked, boolean hasFrames) {
        return MethodEdits.write(reader, ClassReader.EXPAND_FRAMES, (next, name, descriptor) -> {
            MethodScan method = tracked.get(name + descriptor);
            return method == null ? next : weaver(next, className, method, hasFrames);
        });
    }

    private MethodWeaver weaver(MethodVisitor next, String className, MethodScan method, boolean hasFrames) {
        Attributes attributes = method.attributes();
        int number = methods.register(new TrackedMethod(
                className.replace('/', '.'), method.name(), attributes, method.parameters(), method.returnsStage()));
        if (method.returnsOtherFuture()) {
            complaints.warn(className.replace('/', '.') + "." + method.name() + " returns a " + method.returnType()
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
                    && canBeWoven(className, method, scan, patterns)) {
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
            String className, MethodScan method, ClassScan scan, List<? extends BiPredicate<String, String>> patterns) {
        Optional<UntrackableReason> reason = UntrackableReason.of(method, scan.isInterface());
        boolean isTrackedBesides = scan.isGroovyTrait() && method.isAnnotated() && !method.hasCode();
        if (!isTrackedBesides) {
            reason.ifPresent(found -> tellObstacle(className, method, found, patterns));
        }
        return reason.isEmpty();
    }

    /** What a wildcard only happens to match is told once for all; and a body that is elsewhere, not at all. */
    private void tellObstacle(
            String className,
            MethodScan method,
            UntrackableReason reason,
            List<? extends BiPredicate<String, String>> patterns) {
        String line = className.replace('/', '.') + "." + method.name() + " is not tracked: " + reason.words();
        if (isMeant(method, patterns)) {
            complaints.warn(line);
        } else if (!reason.isMissingBody()) {
            String pattern = patterns.stream()
                    .filter(candidate -> candidate.test(method.name(), method.descriptor()))
                    .map(Object::toString)
                    .findFirst()
                    .orElseThrow();
            complaints.warn(
                    reason + " " + pattern, line + "; so it is with all others that \"" + pattern + "\" matches");
        }
    }

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
            complaints.warn(className.replace('/', '.') + " does not declare \"" + text + "\", so it is not tracked; "
                    + remedy);
        }
    }

    private static String tooNew(String className, int version) {
        return className.replace('/', '.') + " runs untracked, as does every class like it: its class file has version "
                + version + " (Java " + (version - VERSION_OF_JAVA_0) + "), and this agent can read up to "
                + NEWEST_READABLE + " (Java " + (NEWEST_READABLE - VERSION_OF_JAVA_0)
                + "); use a newer pluto-agent, or compile with --release " + (NEWEST_READABLE - VERSION_OF_JAVA_0);
    }

    /** The major version: JVMS 4.1. */
    private static int version(byte[] classFile) {
        return classFile.length < 8 ? 0 : (classFile[6] & 0xFF) << 8 | (classFile[7] & 0xFF);
    }
}
