package io.plutorun.agent.weave;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.HookSource;
import io.plutorun.agent.hook.HookedMethod;
import io.plutorun.agent.hook.HookedMethods;
import io.plutorun.agent.hook.MethodHooks;
import io.plutorun.agent.host.Privileged;
import java.lang.instrument.ClassFileTransformer;
import java.lang.ref.WeakReference;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks of class files: bytes in, bytes out. No member is added, so a class that is loaded already can be retransformed. What
 * can't be hooked is left as it is, and one line says why.
 *
 * <p>Of a class that may be tracked, {@link ClassWeaver} weaves the hooks too, those of a tracked method inside of the calls that track
 * it, so that its run is there when they are told. It asks here which ones there are. What it has left is woven here.
 */
public final class HookWeaver implements ClassFileTransformer {

    /** The agent's classes on the program's class path, which are at work while others are woven. */
    private static final String LAUNCH = "io/plutorun/agent/launch/";

    private static final ClassLoader ENGINE = HookWeaver.class.getClassLoader();
    private static final ClassLoader PLATFORM = ENGINE.getParent();

    /** More than any program has before its first run; beyond it, a class may be woven twice, which only takes time. */
    private static final int MAX_NOTES = 1000;

    private final HookedMethods methods;
    private final WeaveWarnings complaints;
    private volatile List<HookSource> sources = List.of();

    /** Those of them whose hooks classes that were loaded before may lack. */
    private List<HookSource> added = new ArrayList<>();

    /** While there are such sources: which classes have them already, by name and loader. */
    private final Map<String, List<WeakReference<@Nullable ClassLoader>>> upToDate = new HashMap<>();

    /**
     * Makes a weaver without hooks.
     *
     * @param methods where hooked methods get their numbers
     * @param console where is told what can't be hooked
     */
    public HookWeaver(HookedMethods methods, Console console) {
        this.methods = methods;
        this.complaints = new WeaveWarnings(console);
    }

    /** From now on the hooks of these are woven too, behind those that were added before. */
    synchronized void add(List<HookSource> more) {
        List<HookSource> all = new ArrayList<>(sources);
        all.addAll(more);
        sources = all;
        added.addAll(more);
        upToDate.clear();
    }

    /** Of loaded classes, those that lack hooks which were added since this was asked before. */
    synchronized List<Class<?>> takeLacking(Class<?>[] loaded) {
        List<Class<?>> lacking = new ArrayList<>();
        boolean hasHooksOfJdk = false;
        for (HookSource source : added) {
            hasHooksOfJdk |= source.hasHooksOfJdk();
        }
        for (Class<?> type : loaded) {
            ClassLoader loader = type.getClassLoader();
            if (loader == ENGINE || (isOfJdk(loader) && !hasHooksOfJdk)) { // nearly all, on the way to the first line
                continue;
            }
            String className = type.getName().replace('.', '/');
            if (!in(added, loader, className).isEmpty() && !isUpToDate(loader, className)) {
                lacking.add(type);
            }
        }
        added = new ArrayList<>();
        upToDate.clear();
        return lacking;
    }

    private boolean isUpToDate(@Nullable ClassLoader loader, String className) {
        return upToDate.getOrDefault(className, List.of()).stream().anyMatch(reference -> reference.get() == loader);
    }

    /** The hooks to weave into a class, which has them from now on. */
    private synchronized List<Hook> take(@Nullable ClassLoader loader, String className) {
        List<Hook> hooks = in(sources, loader, className);
        if (!hooks.isEmpty() && !added.isEmpty() && upToDate.size() < MAX_NOTES) {
            upToDate.computeIfAbsent(className, fresh -> new ArrayList<>()).add(new WeakReference<>(loader));
        }
        return hooks;
    }

    /**
     * The hooks that may have methods in a class, as far as its name tells. The JDK's classes have only those that are meant for them, and
     * the agent's own have none.
     */
    private static List<Hook> in(List<HookSource> sources, @Nullable ClassLoader loader, String className) {
        if (loader == ENGINE || className.startsWith(LAUNCH)) {
            return List.of();
        }
        boolean ofJdk = isOfJdk(loader);
        List<Hook> hooks = List.of();
        for (HookSource source : sources) {
            if (ofJdk && !source.hasHooksOfJdk()) {
                continue;
            }
            for (Hook hook : source.hooksIn(className)) {
                if (!ofJdk || hook.ofJdk()) {
                    hooks = hooks.isEmpty() ? new ArrayList<>() : hooks;
                    hooks.add(hook);
                }
            }
        }
        return hooks;
    }

    private static boolean isOfJdk(@Nullable ClassLoader loader) {
        return loader == null || loader == PLATFORM;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        return className == null || in(sources, loader, className).isEmpty()
                ? null
                : Privileged.run(() -> weave(className, classFile, loader));
    }

    /**
     * The woven class file; null when nothing in it is hooked, or can be.
     *
     * @param loader the class's loader, for messages that name superclasses; null for the bootstrap loader
     */
    byte @Nullable [] weave(String className, byte[] classFile, @Nullable ClassLoader loader) {
        int version = ClassScan.version(classFile);
        if (version > ClassScan.NEWEST_READABLE) {
            complaints.warn(
                    "version " + version,
                    className.replace('/', '.') + " can't be hooked: " + ClassScan.tooNew(version));
            return null;
        }
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassScan scan = ClassScan.of(reader);
            return MethodEdits.write(
                    reader,
                    find(className, scan, loader),
                    (next, found) -> weaver(next, found, scan.hasFrames()),
                    (found, tooLarge) -> {
                        tellTooLarge(found, tooLarge);
                        return null;
                    });
        } catch (RuntimeException | LinkageError e) {
            complaints.warn(className.replace('/', '.') + " can't be hooked (" + e + ")");
            return null;
        }
    }

    /** A method of a class file, and its hooks. */
    record Found(MethodScan scan, MethodHooks hooks) {

        /** The first local variable that is free for others. */
        int freeVariable() {
            return HookedMethodWeaver.endOfVariables(scan, hooks);
        }
    }

    /**
     * Finds the methods of a class that have hooks which are to be woven, by name and descriptor. What can't be hooked is told.
     *
     * @param className the internal name
     * @param loader the class's loader; null for the bootstrap loader
     */
    Map<String, Found> find(String className, ClassScan scan, @Nullable ClassLoader loader) {
        Map<String, Found> all = new HashMap<>();
        List<Hook> current = take(loader, className);
        if (!current.isEmpty()) {
            tellUndeclared(current, className, scan, loader);
            for (MethodScan method : scan.methods()) {
                find(current, className, method, scan.isInterface())
                        .ifPresent(found -> all.put(method.name() + method.descriptor(), found));
            }
        }
        return all;
    }

    private Optional<Found> find(List<Hook> current, String className, MethodScan method, boolean ofInterface) {
        List<Hook> its = new ArrayList<>();
        List<BiPredicate<String, String>> patterns = new ArrayList<>();
        for (Hook hook : current) {
            List<BiPredicate<String, String>> matching = matching(hook, className, method);
            if (!matching.isEmpty()) {
                its.add(hook);
                patterns.addAll(matching);
            }
        }
        if (its.isEmpty() || method.isHooked() || method.isBridge() || method.isSynthetic()) {
            return Optional.empty();
        }
        HookedMethod named = new HookedMethod(className.replace('/', '.'), method.name(), method.descriptor());
        Found found = new Found(method, new MethodHooks(named, List.copyOf(its)));
        int variables = found.freeVariable() - method.maxLocals();
        Optional<UntrackableReason> reason =
                UntrackableReason.of(method, ofInterface, variables + 1); // one more if the method is tracked
        reason.ifPresent(why -> complaints.obstacle(method, why, patterns, notRecorded(named, why.words())));
        return reason.isEmpty() ? Optional.of(found) : Optional.empty();
    }

    private static List<BiPredicate<String, String>> matching(Hook hook, String className, MethodScan method) {
        List<BiPredicate<String, String>> matching = new ArrayList<>();
        for (BiPredicate<String, String> pattern : hook.methods().apply(className)) {
            if (pattern.test(method.name(), method.descriptor()) && !(method.isConstructor() && isWildcard(pattern))) {
                matching.add(pattern);
            }
        }
        return matching;
    }

    private static boolean isWildcard(BiPredicate<String, String> pattern) {
        return pattern.toString().indexOf('*') >= 0;
    }

    /** What weaves one method. */
    MethodVisitor weaver(MethodVisitor next, Found found, boolean hasFrames) {
        return HookedMethodWeaver.of(next, found.scan(), found.hooks(), methods.register(found.hooks()), hasFrames);
    }

    void tellTooLarge(Found found, MethodTooLargeException tooLarge) {
        HookedMethod method = found.hooks().method();
        String why = "with the agent's calls in it, it would have " + tooLarge.getCodeSize()
                + " bytes of code, more than the JVM takes";
        complaints.warn("too large: " + method, notRecorded(method, why));
    }

    /** Patterns with a wildcard may match classes that nobody thought of. */
    private void tellUndeclared(List<Hook> current, String className, ClassScan scan, @Nullable ClassLoader loader) {
        for (Hook hook : current) {
            for (BiPredicate<String, String> pattern : hook.methods().apply(className)) {
                if (!isWildcard(pattern)
                        && scan.methods().stream().noneMatch(method -> pattern.test(method.name(), method.descriptor()))
                        && !hook.listener().notDeclared(className.replace('/', '.'), pattern.toString(), loader)) {
                    complaints.warn(className.replace('/', '.') + " does not declare \"" + pattern
                            + "\", so its calls are not recorded"
                            + Superclasses.declaring(pattern, scan.superName(), loader)
                                    .map(declaring -> "; its superclass " + declaring + " does")
                                    .orElse(""));
                }
            }
        }
    }

    private static String notRecorded(HookedMethod method, String why) {
        return "calls of " + method.className() + "." + method.methodName() + " are not recorded: " + why;
    }
}
