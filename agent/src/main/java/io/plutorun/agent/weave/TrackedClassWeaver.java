package io.plutorun.agent.weave;

import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.run.Warmup;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The engine, put together; to the JVM, the transformer of the classes that pass the filter. */
public final class TrackedClassWeaver implements ClassFileTransformer {

    private final ClassWeaver weaver;

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
        Console console = Console.of(
                redactor,
                settings.get(Options.DEBUG_LEVEL),
                settings.find(Options.LOG_FILE).map(Sourced::value).orElse(null));
        warnings.forEach(console::warn);
        settings.find(Options.ENABLED); // looked at by launch already, which can't complain
        TrackedMethods methods = new TrackedMethods();
        Bridge bridge = Bridge.build(instrumentation);
        Tracker tracker = new Tracker(
                methods,
                settings,
                redactor,
                console,
                new ShutdownProbe(instrumentation, bridge::exits, console),
                System::getProperty);
        settings.takeWarnings().forEach(console::warn);
        bridge.lead(tracker);
        this.weaver = new ClassWeaver(methods, named, console);
        Warmup.begin(settings, System::getProperty);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        return weaver.weave(className, classFile, loader);
    }
}
