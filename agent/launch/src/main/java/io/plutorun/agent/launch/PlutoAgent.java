package io.plutorun.agent.launch;

import io.plutorun.agent.launch.program.MainClass;
import io.plutorun.agent.launch.program.SparkExecutorJvm;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters the agent: at start with {@code -javaagent}, or by attaching to a running JVM.
 *
 * <p>The JVM looks for the entry points by reflection, which loads the types of the parameters of all methods of this class: none may have
 * one that an idle JVM does not load anyway.
 */
public final class PlutoAgent {

    private static boolean attached;

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
            if (!attachOnce()) {
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

    /** Whether this is the first time. Atomic classes would have the JVM set up its variable handles, in every JVM. */
    private static synchronized boolean attachOnce() {
        boolean first = !attached;
        attached = true;
        return first;
    }

    private static void install(LaunchSettings settings, Instrumentation instrumentation, boolean running) {
        NamedMethods methods = NamedMethods.parse(settings.value("methods"));
        for (String error : methods.errors()) {
            Stderr.line(settings.describe("methods") + ": " + error);
        }
        boolean tracksMain = settings.tracksMain() && !running; // where the agent is attached, main is running already
        boolean startsAtTraining = settings.startsAtTraining();
        MainClass program = tracksMain || startsAtTraining || mayBeMeant(methods) ? MainClass.ofThisJvm() : null;
        MainClass main = tracksMain ? program : null;
        if (main != null && main.silentLauncher() != null) {
            Stderr.line(settings.describe("track.main") + ": which class " + main.silentLauncher()
                    + " starts is not known, so its main method is not tracked; name it in PLUTO_METHODS");
        }
        Engine engine = new Engine(instrumentation, settings, methods, main);
        MainClass trains = startsAtTraining && program == null ? MainClass.ofPythonDriver() : program;
        boolean mayTrain = startsAtTraining && (trains != null || !MainClass.isToldByJvm());
        if (mayTrain) {
            engine.startRunAtTraining(trains);
        } else if (startsAtTraining && MainClass.isSparkConnectServer()) {
            Stderr.line(
                    settings.describe("autolog.start") + ": no training opens a run in a Spark Connect server, whose"
                            + " users share its JVM; see docs/spark.md");
        }
        if (program != null && methods.areProbablyOf(program)) {
            engine.expectNamedMethods();
        }
        boolean belongsToParent = settings.belongsToParent();
        TrackedClassFilter filter = new TrackedClassFilter(
                methods, main, mayTrain || belongsToParent, belongsToParent, isExecutor(), engine);
        // A transformer that can retransform comes behind all that can't, whichever agent was named first.
        // JaCoCo's can't, and knows a class by a checksum of its file: one that it saw woven would count as never
        // covered.
        instrumentation.addTransformer(filter, true);
        if (running) {
            new LoadedClasses(instrumentation, filter).weave(instrumentation.getAllLoadedClasses());
        } else if (othersWereLoadedBefore(instrumentation)) {
            new LoadedClasses(instrumentation, filter)
                    .weave(instrumentation.getInitiatedClasses(ClassLoader.getSystemClassLoader()));
        }
    }

    /** Of most JVMs the command line tells that, without another class. */
    private static boolean isExecutor() {
        String command = System.getProperty("sun.java.command");
        return command != null
                && (command.startsWith("org.apache.spark.executor.")
                        || command.startsWith("org.apache.spark.scheduler."))
                && SparkExecutorJvm.is(command);
    }

    /**
     * Whether PLUTO_METHODS may mean this program, by a first look at the command line, which is all that most JVMs pay. With {@code -jar}
     * it begins with the class path.
     */
    private static boolean mayBeMeant(NamedMethods methods) {
        String command = System.getProperty("sun.java.command");
        String classPath = System.getProperty("java.class.path", "");
        return command != null
                && !methods.entries().isEmpty()
                && (methods.maySharePackageWith(command) || (!classPath.isEmpty() && command.startsWith(classPath)));
    }

    /** Whether there are classes of the program's, or of another agent's, though the program has not begun. */
    private static boolean othersWereLoadedBefore(Instrumentation instrumentation) {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        String name = PlutoAgent.class.getName();
        String own = name.substring(0, name.lastIndexOf('.') + 1);
        for (Class<?> loaded : instrumentation.getInitiatedClasses(system)) {
            if (loaded.getClassLoader() == system && !loaded.getName().startsWith(own)) {
                return true;
            }
        }
        return false;
    }
}
