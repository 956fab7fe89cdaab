package io.plutorun.agent.launch;

import io.plutorun.agent.launch.program.MainClass;
import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engine, loaded when the first class passes the filter and not before.
 *
 * <p>It is reached by name and used through the JDK's own types: the two sides share no class. As a {@code Runnable} it tells, at the
 * JVM's end, that no method which the user has named was met.
 */
final class Engine implements Runnable, Function<String, Map.Entry<NamedMethods, List<String>>> {

    /** Puts the engine together. */
    static final String WIRING = "io.plutorun.agent.Wiring";

    private final Instrumentation instrumentation;
    private final LaunchSettings settings;
    private final NamedMethods methods;
    private final @Nullable MainClass main;

    private static volatile @Nullable ClassLoader loader;

    private boolean expectsNamedMethods;
    private @Nullable Set<String> trainingProgram;
    private boolean asked;
    private @Nullable ClassFileTransformer weaver;

    /**
     * Makes the engine's place; it is not loaded yet.
     *
     * @param main the class whose main method is tracked; null for none
     */
    Engine(Instrumentation instrumentation, LaunchSettings settings, NamedMethods methods, @Nullable MainClass main) {
        this.instrumentation = instrumentation;
        this.settings = settings;
        this.methods = methods;
        this.main = main;
    }

    /** This JVM's program is one that the named methods are probably of: where it ends without having met any, that is told. */
    void expectNamedMethods() {
        expectsNamedMethods = true;
        try {
            Thread hook = new Thread(this, "pluto-end");
            hook.setContextClassLoader(null);
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException | SecurityException e) {
            // then it is not told
        }
    }

    /**
     * Where no method is tracked, the first training of a known framework opens a run.
     *
     * @param program what the run is named after; null where it is not known
     */
    void startRunAtTraining(@Nullable MainClass program) {
        trainingProgram = program == null ? Collections.emptySet() : program.internalNames();
    }

    /** At the JVM's end. Where the engine was loaded, it does this by itself: it knows what was met. */
    @Override
    public void run() {
        synchronized (this) {
            if (asked) {
                return;
            }
        }
        try {
            open().loadClass(WIRING)
                    .getMethod("tellNoneMet", Instrumentation.class, Map.class, Map.class, Map.class)
                    .invoke(null, instrumentation, settings.arguments(), settings.file(), methods.entries());
        } catch (Throwable e) { // whatever it is, the program's end must not change
            Stderr.line(settings.describe("methods") + ": no method that it names was met");
        }
    }

    /** The weaver; null when the engine could not be loaded, which is told once. */
    synchronized @Nullable ClassFileTransformer weaver() {
        if (!asked) {
            asked = true;
            try {
                weaver = (ClassFileTransformer) open().loadClass(WIRING)
                        .getMethod(
                                "weaver",
                                Instrumentation.class,
                                Map.class,
                                Map.class,
                                List.class,
                                Function.class,
                                Function.class,
                                Map.class,
                                Set.class,
                                Set.class,
                                boolean.class)
                        .invoke(
                                null,
                                instrumentation,
                                settings.arguments(),
                                settings.file(),
                                settings.warnings(),
                                methods,
                                this,
                                methods.entries(),
                                main == null ? Collections.emptySet() : main.internalNames(),
                                trainingProgram,
                                expectsNamedMethods);
            } catch (Throwable e) { // an agent that can't load must not keep the class from loading
                Stderr.line("the agent's engine could not be loaded (" + e + "); the program runs untracked");
            }
        }
        return weaver;
    }

    /** Method patterns for the engine, which has options in the form of {@code PLUTO_METHODS}: the patterns, and the mistakes in the text. */
    @Override
    public Map.Entry<NamedMethods, List<String>> apply(String text) {
        NamedMethods parsed = NamedMethods.parse(text);
        return new AbstractMap.SimpleImmutableEntry<>(parsed, parsed.errors());
    }

    /** A loader over the engine in this jar. */
    static ClassLoader open() throws java.io.IOException, URISyntaxException {
        CodeSource source = Engine.class.getProtectionDomain().getCodeSource();
        ClassLoader opened = EngineLoader.of(new File(source.getLocation().toURI()), platform());
        loader = opened;
        return opened;
    }

    /** Whether a loader is the engine's. Asked for every class: the class of such loaders itself is not loaded before there is one. */
    static boolean isLoadedBy(ClassLoader candidate) {
        return candidate == loader;
    }

    /** The platform loader: the last ancestor that is not the bootstrap loader. Java 8 has no other name for it. */
    static ClassLoader platform() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        for (ClassLoader parent = loader.getParent(); parent != null; parent = loader.getParent()) {
            loader = parent;
        }
        return loader;
    }
}
