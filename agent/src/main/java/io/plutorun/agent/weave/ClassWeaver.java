package io.plutorun.agent.weave;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.TrackedMethod.Attributes;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.named.MethodEntries;
import io.plutorun.agent.named.NearNames;
import io.plutorun.agent.weave.HookWeaver.Found;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.jspecify.annotations.Nullable;

/** Weaves the tracked methods of class files: bytes in, bytes out. What can't be woven is left as it is, and one line says why. */
public final class ClassWeaver implements ClassFileTransformer {

    /** Bytes: JVMS 4.7.3. */
    private static final int MAX_CODE = 0xFFFF;

    private final TrackedMethods methods;
    private final MethodEntries named;
    private final MainMethods mains;
    private final HookWeaver hooks;
    private final Predicate<TrackedMethod> recordsResult;
    private final WeaveWarnings complaints;

    /**
     * Makes a weaver.
     *
     * @param methods where tracked methods get their numbers
     * @param named which methods are tracked without {@code @PlutoRun}
     * @param mainClasses internal names of the classes that may have the program's main method, where that is tracked; those that it is
     *     inherited from are added
     * @param hooks weaves the hooks of tracked methods inside the calls that track them
     * @param recordsResult whether the numbers in what a method returns may be wanted
     * @param console where is told what can't be woven
     */
    public ClassWeaver(
            TrackedMethods methods,
            MethodEntries named,
            Set<String> mainClasses,
            HookWeaver hooks,
            Predicate<TrackedMethod> recordsResult,
            Console console) {
        this.methods = methods;
        this.named = named;
        this.mains = new MainMethods(mainClasses);
        this.hooks = hooks;
        this.recordsResult = recordsResult;
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
        int version = ClassScan.version(classFile);
        if (version > ClassScan.NEWEST_READABLE) {
            complaints.error(
                    "version " + version,
                    className.replace('/', '.') + " runs untracked, as does every class like it: "
                            + ClassScan.tooNew(version));
            return null;
        }
        try {
            return woven(className, classFile, loader);
        } catch (RuntimeException | LinkageError e) {
            complaints.warn(className.replace('/', '.') + " can't be woven (" + e + "); its methods run untracked");
            return null;
        }
    }

    /**
     * What is woven into a method: calls that track it, or those of its hooks, or these inside of those.
     *
     * @param hooks null for none
     */
    private record Change(
            MethodScan method,
            boolean isTracked,
            boolean isMain,
            @Nullable Found hooks) {}

    private byte @Nullable [] woven(String className, byte[] classFile, @Nullable ClassLoader loader) {
        ClassReader reader = new ClassReader(classFile);
        ClassScan scan = ClassScan.of(reader);
        return MethodEdits.write(
                reader,
                changes(className, scan, loader),
                (next, change) -> weaver(next, className, change, scan.hasFrames()),
                (change, tooLarge) -> smaller(className, change, tooLarge));
    }

    /** The hooks are left out first, and then the method is not tracked. */
    private @Nullable Change smaller(String className, Change change, MethodTooLargeException tooLarge) {
        if (change.hooks() != null) {
            hooks.tellTooLarge(change.hooks(), tooLarge);
            return change.isTracked() ? new Change(change.method(), true, change.isMain(), null) : null;
        }
        complaints.warn(className.replace('/', '.') + "." + change.method().name()
                + " is not tracked: with the agent's calls in it, it would have " + tooLarge.getCodeSize()
                + " bytes of code, and the JVM takes " + MAX_CODE + " at most; annotate the method that calls it");
        return null;
    }

    private MethodVisitor weaver(MethodVisitor next, String className, Change change, boolean hasFrames) {
        MethodVisitor outer = change.isTracked() ? tracking(next, className, change, hasFrames) : next;
        return change.hooks() == null ? outer : hooks.weaver(outer, change.hooks(), hasFrames);
    }

    private MethodWeaver tracking(MethodVisitor next, String className, Change change, boolean hasFrames) {
        MethodScan method = change.method();
        Attributes attributes = method.attributes();
        TrackedMethod tracked = new TrackedMethod(
                className.replace('/', '.'), method.name(), attributes, method.parameters(), method.returnsStage());
        int number = methods.register(change.isMain() ? tracked.asMainOf(mains.mainClass(className)) : tracked);
        if (method.returnsOtherFuture()) {
            complaints.warn(className.replace('/', '.') + "." + method.name() + " returns a " + method.returnType()
                    + ", which can't be followed: its run ends when the method returns; return a CompletableFuture, or"
                    + " annotate the method that waits for the result");
        }
        int variable =
                change.hooks() == null ? method.maxLocals() : change.hooks().freeVariable();
        return new MethodWeaver(
                next,
                className,
                method,
                number,
                !attributes.opensOwnRun(),
                recordsResult.test(tracked),
                hasFrames,
                variable);
    }

    /** What to weave, by the method's name and descriptor. */
    private Map<String, Change> changes(String className, ClassScan scan, @Nullable ClassLoader loader) {
        List<? extends BiPredicate<String, String>> patterns = named.of(className);
        Optional<MethodScan> main = mains.in(className, scan, loader);
        Map<String, Found> hooked = hooks.find(className, scan, loader);
        Map<String, Change> changes = new HashMap<>();
        for (MethodScan method : scan.methods()) {
            boolean isMain = main.isPresent() && main.get() == method;
            boolean isTracked = isTracked(className, method, isMain, scan, patterns);
            Found its = hooked.get(method.name() + method.descriptor());
            if (isTracked || its != null) {
                changes.put(method.name() + method.descriptor(), new Change(method, isTracked, isMain, its));
            }
        }
        for (BiPredicate<String, String> pattern : patterns) {
            if (scan.methods().stream().noneMatch(method -> pattern.test(method.name(), method.descriptor()))) {
                tellUndeclared(className, pattern, scan, loader);
            }
        }
        return changes;
    }

    private boolean isTracked(
            String className,
            MethodScan method,
            boolean isMain,
            ClassScan scan,
            List<? extends BiPredicate<String, String>> patterns) {
        List<String> entries = entries(method, patterns);
        boolean isNamed = !entries.isEmpty()
                && !method.isSynthetic()
                && (!method.isConstructor() || bearsNamedAnnotation(method));
        if (isNamed) {
            entries.forEach(named::met);
        }
        return (method.isAnnotated() || isMain || isNamed)
                && !method.isBridge()
                && canBeWoven(className, method, isMain, scan, patterns);
    }

    /** What the user wrote that names a method, by its name or by an annotation that it bears. */
    private List<String> entries(MethodScan method, List<? extends BiPredicate<String, String>> patterns) {
        List<String> entries = new ArrayList<>();
        for (BiPredicate<String, String> pattern : patterns) {
            if (pattern.test(method.name(), method.descriptor())) {
                entries.add(pattern.toString());
            }
        }
        for (String annotation : method.annotations()) {
            String entry = named.ofAnnotation(annotation);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private boolean bearsNamedAnnotation(MethodScan method) {
        return method.annotations().stream().anyMatch(annotation -> named.ofAnnotation(annotation) != null);
    }

    private boolean canBeWoven(
            String className,
            MethodScan method,
            boolean isMain,
            ClassScan scan,
            List<? extends BiPredicate<String, String>> patterns) {
        Optional<UntrackableReason> reason = UntrackableReason.of(method, scan.isInterface(), 1);
        boolean isMeantItself = method.isAnnotated() || isMain || bearsNamedAnnotation(method);
        boolean isTrackedBesides = scan.isGroovyTrait() && isMeantItself && !method.hasCode();
        if (!isTrackedBesides) {
            reason.ifPresent(found -> tellObstacle(className, method, isMeantItself, found, patterns));
        }
        return reason.isEmpty();
    }

    private void tellObstacle(
            String className,
            MethodScan method,
            boolean isMeantItself,
            UntrackableReason reason,
            List<? extends BiPredicate<String, String>> patterns) {
        String line = className.replace('/', '.') + "." + method.name() + " is not tracked: " + reason.words() + "; "
                + reason.remedy();
        if (isMeantItself) {
            complaints.warn(line);
        } else {
            complaints.obstacle(method, reason, patterns, line);
        }
    }

    /** Patterns with a wildcard in the class name may match classes that the user did not think of. */
    private void tellUndeclared(
            String className, BiPredicate<String, String> pattern, ClassScan scan, @Nullable ClassLoader loader) {
        String text = pattern.toString();
        List<String> declared = scan.methods().stream()
                .filter(method -> !method.isConstructor() && !method.isSynthetic())
                .map(MethodScan::name)
                .distinct()
                .toList();
        if (text.substring(0, text.indexOf('#')).indexOf('*') >= 0) {
            named.hasOtherMethods(className.replace('/', '.'), declared);
            return;
        }
        complaints.warn(className.replace('/', '.') + " does not declare \"" + text + "\", so it is not tracked; "
                + Superclasses.declaring(pattern, scan.superName(), loader)
                        .map(declaring -> "its superclass " + declaring + " does, name that")
                        .orElseGet(() -> remedy(text, scan, declared)));
        named.told(text);
    }

    private static String remedy(String text, ClassScan scan, List<String> declared) {
        int parameters = text.indexOf('(');
        String meant = text.substring(text.indexOf('#') + 1, parameters < 0 ? text.length() : parameters);
        List<String> near = NearNames.of(meant, declared);
        if (near.contains(meant)) {
            return "it has a method of this name with other parameters";
        }
        return near.isEmpty()
                ? "nor does its superclass "
                        + (scan.superName() == null ? "" : scan.superName().replace('/', '.'))
                        + ", as far as can be seen: name the class that has the method's body"
                : "the nearest that it declares: " + String.join(", ", near);
    }
}
