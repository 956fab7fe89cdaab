package io.plutorun.agent.launch;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Where the JVM enters the agent: at start with {@code -javaagent}, or by attaching to a running JVM. */
public final class PlutoAgent {

    private static final AtomicBoolean ATTACHED = new AtomicBoolean();

    private PlutoAgent() {}

    /** Called by the JVM before the program's {@code main}. Never throws: the JVM would not start. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, false);
    }

    /** Called by the JVM when the agent is attached to it. Classes that are loaded already are woven then and there. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, true);
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation, boolean running) {
        try {
            String refusal = JavaVersion.refusal(System.getProperty("java.specification.version"));
            if (refusal != null) {
                Stderr.line(refusal);
                return;
            }
            if (!ATTACHED.compareAndSet(false, true)) {
                Stderr.line("the agent is attached already; it works once, this second time is ignored");
                return;
            }
            LaunchSettings settings = LaunchSettings.read(arguments);
            if (settings.isEnabled()) {
                install(settings, instrumentation, running);
            }
        } catch (Throwable e) { // whatever it is, the program must start
            Stderr.line("the agent could not start (" + e + "); the program runs untracked");
        }
    }

    private static void install(LaunchSettings settings, Instrumentation instrumentation, boolean running) {
        NamedMethods methods = NamedMethods.parse(settings.value("methods"));
        for (String error : methods.errors()) {
            Stderr.line(settings.describe("methods") + ": " + error);
        }
        ClassFileTransformer filter = new TrackedClassFilter(methods, new Engine(instrumentation, settings, methods));
        // A transformer that can retransform comes behind all that can't, whichever agent was named first.
        // JaCoCo's can't, and knows a class by a checksum of its file: one that it saw woven would count as never
        // covered.
        instrumentation.addTransformer(filter, true);
        if (running) {
            weaveLoadedClasses(instrumentation);
        }
    }

    private static void weaveLoadedClasses(Instrumentation instrumentation) {
        List<Class<?>> candidates = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (TrackedClassFilter.mayBeTracked(loaded.getClassLoader()) && instrumentation.isModifiableClass(loaded)) {
                candidates.add(loaded);
            }
        }
        for (Class<?> candidate :
                candidates) { // one by one: a class that can't be retransformed must not keep the others out
            try {
                instrumentation.retransformClasses(candidate);
            } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
                Stderr.line("could not look at " + candidate.getName() + " (" + e
                        + "); if it is tracked, start the JVM with -javaagent");
            }
        }
    }
}
