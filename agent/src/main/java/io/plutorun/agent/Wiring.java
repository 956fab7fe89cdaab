package io.plutorun.agent;

import io.plutorun.agent.api.ConnectionWarmup;
import io.plutorun.agent.bridge.AgentDoorCopies;
import io.plutorun.agent.bridge.Bridge;
import io.plutorun.agent.bridge.ProgramRecords;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.children.AddressVariables;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.current.RunListeners;
import io.plutorun.agent.describe.Environment;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.hook.HookedMethods;
import io.plutorun.agent.hook.PatternParser;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.OriginalTexts;
import io.plutorun.agent.named.MethodEntries;
import io.plutorun.agent.named.NeverMet;
import io.plutorun.agent.objects.ObjectFields;
import io.plutorun.agent.objects.ObjectTrees;
import io.plutorun.agent.results.ResultValues;
import io.plutorun.agent.run.FirstCall;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.run.UntrackedCalls;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Mode;
import io.plutorun.agent.settings.Options.OnError;
import io.plutorun.agent.settings.RunSharing.Children;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.settings.UnusableSettingsException;
import io.plutorun.agent.shutdown.ExitWatch;
import io.plutorun.agent.spec.UntrackedJvm;
import io.plutorun.agent.weave.ClassWeaver;
import io.plutorun.agent.weave.HookWeaver;
import io.plutorun.agent.weave.Hooks;
import io.plutorun.agent.weave.ShutdownProbe;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the agent is put together, and where the JVM's environment is read. Reached by name from {@code launch}, in which no
 * type of the engine can be named.
 *
 * <p>Three lists: what exists when the first tracked class is loaded (here), what exists from the first tracked call on ({@link
 * TrackingWiring}), and the command line ({@link CommandWiring}); {@link RecordersWiring} and {@link EnvironmentWiring} are parts of
 * the first. Each is a class of its own, since the JVM would else load the classes of all three for one.
 */
public final class Wiring {

    private Wiring() {}

    private static JvmEnvironment thisJvm() {
        OriginalTexts texts = new OriginalTexts();
        return new JvmEnvironment(
                texts.variables(
                        System.getenv(), OriginalTexts.isDefaultOfLocale(System.getProperty("sun.jnu.encoding"))),
                name -> texts.property(name, System.getProperty(name)),
                Clock.systemUTC());
    }

    /**
     * The transformer of the classes that pass {@code launch}'s filter. Makes what must exist when the first tracked class is loaded.
     *
     * @param instrumentation the JVM's
     * @param arguments the agent's arguments
     * @param file the settings file's entries
     * @param warnings what launch could not read
     * @param named from a class's internal name to the patterns that name methods of it; each tests a name and a descriptor, and its
     *     text is what the user wrote
     * @param patterns from a text in the form of {@code PLUTO_METHODS} to such a function, and to the mistakes in the text
     * @param entries all that the user wrote, with the descriptors of the annotations that it names
     * @param mainClasses internal names of the classes that may have the program's main method, where that is tracked
     * @param trainingProgram internal names of the program's main class, where the first training of a framework opens a run if no
     *     method is tracked; empty where the class is not known; null where no training opens one
     * @param isMeant whether the program is probably one of those that the entries are of
     */
    public static ClassFileTransformer weaver(
            Instrumentation instrumentation,
            Map<String, String> arguments,
            Map<String, String> file,
            List<String> warnings,
            Function<String, List<? extends BiPredicate<String, String>>> named,
            Function<String, Map.Entry<Function<String, List<? extends BiPredicate<String, String>>>, List<String>>>
                    patterns,
            Map<String, List<String>> entries,
            Set<String> mainClasses,
            @Nullable Set<String> trainingProgram,
            boolean isMeant)
            throws IOException, ReflectiveOperationException {
        JvmEnvironment jvm = thisJvm();
        Settings settings = new Settings(jvm.properties(), jvm::variable, arguments, file);
        Redactor redactor = new Redactor(jvm.variables());
        Console console = console(settings, redactor, jvm);
        warnings.forEach(console::warn);
        settings.find(Options.ENABLED); // looked at by launch already, which can't complain
        settings.find(Options.TRACK_MAIN);
        settings.find(Options.AUTOLOG_START);
        Environment environment = EnvironmentWiring.environment(jvm, redactor, settings.get(Options.CAPTURE_DIFF));
        boolean mayReachServer = UntrackedJvm.mayReachServer(settings, jvm);
        if (mayReachServer && !belongsToParent(settings, jvm)) { // else nothing is told of it
            environment.begin(); // as early as can be: it takes longest
        }
        TrackedMethods methods = new TrackedMethods();
        Bridge bridge = Bridge.build(instrumentation);
        ExitWatch exits = new ShutdownProbe(instrumentation, bridge::exits, console);
        HookedMethods hookedMethods = new HookedMethods(console::warn);
        HookWeaver hookWeaver = new HookWeaver(hookedMethods, console);
        Hooks hooks = new Hooks(instrumentation, bridge, hookedMethods, hookWeaver, console);
        RunListeners listeners = new RunListeners(console::warn);
        ObjectTrees objects = new ObjectTrees(instrumentation);
        listeners.add(environment);
        Tracker tracker = tracker(
                jvm,
                settings,
                redactor,
                console,
                methods,
                exits,
                listeners,
                environment,
                objects,
                () -> new ResultValues(new ObjectFields(instrumentation)),
                hooks::weaveLoaded);
        RecordersWiring recorders = new RecordersWiring(jvm, settings);
        CurrentRuns runs = recorders.runs(bridge.currentRuns(tracker, trainingProgram), tracker);
        hooks.register(recorders.hooks(parser(patterns), runs, listeners, instrumentation, console));
        settings.warnOfMisspelt(jvm.variables().keySet());
        settings.takeWarnings().forEach(console::warn);
        ProgramRecords records = new ProgramRecords(tracker, objects, redactor, console);
        AgentDoorCopies.give(bridge.connect(tracker, records), instrumentation, console);
        if (mayReachServer) {
            ConnectionWarmup.begin(settings);
        }
        recorders.beginFirstTask(runs);
        MethodEntries namedMethods = new MethodEntries(named, entries);
        if (!entries.isEmpty()) {
            neverMet(namedMethods, settings, instrumentation, console)
                    .tellAtJvmEnd(tracker::hasMeantRuns, isMeant && settings.get(Options.MODE) != Mode.NOOP);
        }
        return new ClassWeaver(
                methods,
                namedMethods,
                mainClasses,
                hookWeaver,
                method -> Boolean.TRUE.equals(method.attributes().recordResult())
                        || !settings.all(Options.RECORD_RESULT, method.settingsName())
                                .isEmpty(),
                console);
    }

    /** {@code launch} knows no type of the engine. */
    private static PatternParser parser(
            Function<String, Map.Entry<Function<String, List<? extends BiPredicate<String, String>>>, List<String>>>
                    patterns) {
        return text -> {
            var parsed = patterns.apply(text);
            return new PatternParser.Parsed(parsed.getKey(), parsed.getValue());
        };
    }

    private static NeverMet neverMet(
            MethodEntries named, Settings settings, Instrumentation instrumentation, Console console) {
        String source = settings.find(Options.METHODS)
                .map(value -> value.source().toString())
                .orElseGet(Options.METHODS::variable);
        return new NeverMet(named, source, instrumentation::getAllLoadedClasses, console);
    }

    /**
     * Tells, at the end of a JVM in which nothing was tracked, that nothing was met of what the user has named.
     *
     * @param arguments the agent's arguments
     * @param file the settings file's entries
     * @param entries all that the user wrote, with the descriptors of the annotations that it names
     */
    public static void tellNoneMet(
            Instrumentation instrumentation,
            Map<String, String> arguments,
            Map<String, String> file,
            Map<String, List<String>> entries) {
        JvmEnvironment jvm = thisJvm();
        Settings settings = new Settings(jvm.properties(), jvm::variable, arguments, file);
        if (settings.get(Options.MODE) != Mode.NOOP) {
            Console console = console(settings, new Redactor(jvm.variables()), jvm);
            MethodEntries named = new MethodEntries(className -> List.of(), entries);
            neverMet(named, settings, instrumentation, console).tell(false, true);
        }
    }

    private static Console console(Settings settings, Redactor redactor, JvmEnvironment jvm) {
        return Console.of(
                redactor,
                settings.get(Options.DEBUG_LEVEL),
                settings.find(Options.LOG_FILE).map(Sourced::value).orElse(null),
                jvm);
    }

    /** The front door of the core. What is behind it is made by the first tracked call. */
    static Tracker tracker(
            JvmEnvironment jvm,
            Settings settings,
            Redactor redactor,
            Console console,
            TrackedMethods methods,
            ExitWatch exits,
            RunListener listeners,
            Environment environment,
            ObjectTrees objects,
            Supplier<ResultValues> results,
            Runnable beforeFirstRun) {
        boolean belongsToParent = belongsToParent(settings, jvm);
        RunAddress parents = belongsToParent ? AddressVariables.read(jvm::variable) : null;
        UntrackedCalls untracked =
                new UntrackedCalls(settings.get(Options.ON_ERROR) == OnError.FAIL, redactor, console);
        return new Tracker(
                methods,
                settings,
                console,
                jvm.clock(),
                new UntrackedJvm(settings, jvm, console),
                untracked,
                new FirstCall(
                        () -> {
                            if (belongsToParent && parents == null) { // a run of its own would be a second one
                                throw new UnusableSettingsException(
                                        "the server did not have that run when this process was started, so what is"
                                                + " computed here is not recorded");
                            }
                            return TrackingWiring.tracking(
                                    jvm,
                                    settings,
                                    redactor,
                                    console,
                                    untracked,
                                    exits,
                                    listeners,
                                    environment,
                                    objects,
                                    parents);
                        },
                        belongsToParent,
                        why -> console.error(
                                "nothing is added to the run of the process that started this one: " + why),
                        tracking -> {
                            tracking.joinParents();
                            beforeFirstRun.run();
                        }),
                results);
    }

    /** Whether all that this process computes belongs to the run of the one that started it. */
    private static boolean belongsToParent(Settings settings, JvmEnvironment jvm) {
        return settings.get(Options.CHILDREN) == Children.JOIN
                && !UntrackedJvm.onlyLooksOn(settings, jvm)
                && AddressVariables.areSet(jvm::variable);
    }

    /**
     * Runs a command.
     *
     * @param arguments the command line
     * @param file the settings file's entries
     * @return the exit code
     */
    public static int command(String[] arguments, Map<String, String> file) {
        return CommandWiring.run(thisJvm(), arguments, file);
    }
}
