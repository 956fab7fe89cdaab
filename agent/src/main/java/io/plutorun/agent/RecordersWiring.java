package io.plutorun.agent;

import io.plutorun.agent.autolog.Autolog;
import io.plutorun.agent.autolog.Framework;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.djl.DJL;
import io.plutorun.agent.autolog.dl4j.DL4J;
import io.plutorun.agent.autolog.lightgbm.LightGBM;
import io.plutorun.agent.autolog.opennlp.OpenNLP;
import io.plutorun.agent.autolog.spark.Spark;
import io.plutorun.agent.autolog.spark.executor.TaskListener;
import io.plutorun.agent.autolog.spark.executor.TaskRuns;
import io.plutorun.agent.autolog.tribuo.Tribuo;
import io.plutorun.agent.autolog.xgboost.XGBoost;
import io.plutorun.agent.capture.ProgramText;
import io.plutorun.agent.children.StartedProcesses;
import io.plutorun.agent.console.RunConsole;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.current.RunListeners;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.HookSource;
import io.plutorun.agent.hook.PatternParser;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.SparkExecutor;
import io.plutorun.agent.lines.MetricLines;
import io.plutorun.agent.objects.ObjectFields;
import io.plutorun.agent.results.MetricMethods;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Mode;
import io.plutorun.agent.settings.RunSharing.Children;
import io.plutorun.agent.settings.RunSharing.Executors;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import java.lang.instrument.Instrumentation;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What records by itself what a run does, where the program does not say it. */
final class RecordersWiring {

    static final List<Framework> FRAMEWORKS = List.of(
            new Framework("djl", "ai/djl/training/"),
            new Framework("dl4j", "org/deeplearning4j/"),
            new Framework("lightgbm", "io/github/metarank/lightgbm4j/"),
            new Framework("opennlp", "opennlp/tools/"),
            new Framework("spark", "org/apache/spark/ml/", "org/apache/spark/scheduler/DAGScheduler"),
            new Framework("tribuo", "org/tribuo/"),
            new Framework("xgboost", "ml/dmlc/xgboost4j/java/"));

    private final JvmEnvironment jvm;
    private final Settings settings;

    /** Whether this JVM is an executor of Spark's that adds to the driver's run. */
    private final boolean addsToDriversRun;

    RecordersWiring(JvmEnvironment jvm, Settings settings) {
        this.jvm = jvm;
        this.settings = settings;
        this.addsToDriversRun = settings.get(Options.EXECUTORS) != Executors.NONE
                && settings.get(Options.MODE) != Mode.NOOP
                && SparkExecutor.is(jvm.property("sun.java.command"));
    }

    /** The runs that threads belong to: in a Spark executor those of their tasks. */
    CurrentRuns runs(CurrentRuns otherwise, Tracker tracker) {
        boolean ofAll = settings.get(Options.EXECUTORS) == Executors.ALL;
        return addsToDriversRun ? new TaskRuns(tracker, ofAll, new AgentThreads("executor")) : otherwise;
    }

    /** In a Spark executor, whose first task may be there already, begins it; elsewhere does nothing. */
    void beginFirstTask(CurrentRuns runs) {
        if (addsToDriversRun) {
            begin((TaskRuns) runs);
        }
    }

    /** On a thread of its own: classes can't be woven on the thread that loads one. Apart, so that no other JVM loads the class. */
    private static void begin(TaskRuns runs) {
        runs.firstTask()
                .ifPresent(task -> new AgentThreads("executor").newThread(task).start());
    }

    /** The hooks of one framework; of the others nothing is loaded. */
    private static List<Hook> hooksOf(String framework, Recorder recorder, RunListeners listeners, Console console) {
        return switch (framework) {
            case "djl" -> DJL.hooks(recorder);
            case "dl4j" -> DL4J.hooks(recorder);
            case "lightgbm" -> LightGBM.hooks(recorder);
            case "opennlp" -> OpenNLP.hooks(recorder);
            case "spark" -> Spark.hooks(recorder, listeners, console::warn);
            case "tribuo" -> Tribuo.hooks(recorder);
            case "xgboost" -> XGBoost.hooks(recorder);
            default -> List.of();
        };
    }

    /** The hooks of all of them. Those that must hear of runs too are added to the listeners. */
    List<HookSource> hooks(
            PatternParser patterns,
            CurrentRuns runs,
            RunListeners listeners,
            Instrumentation instrumentation,
            Console console) {
        List<HookSource> hooks = new ArrayList<>();
        settings.find(Options.METRIC_METHODS).ifPresent(named -> {
            MetricMethods methods = new MetricMethods(
                    named.source().toString(),
                    named.value(),
                    patterns,
                    new ObjectFields(instrumentation),
                    runs,
                    console);
            listeners.add(methods);
            hooks.add(HookSource.of(methods.hooks()));
        });
        boolean isConsoleCaptured = settings.get(Options.CAPTURE_CONSOLE);
        Sourced<String> expressions = settings.find(Options.METRIC_LINES).orElse(null);
        if (isConsoleCaptured || expressions != null) {
            ProgramText program = new ProgramText(runs, stdoutCharset());
            if (isConsoleCaptured) {
                listeners.add(new RunConsole(program, console));
            }
            if (expressions != null) {
                listeners.add(
                        new MetricLines(expressions.source().toString(), expressions.value(), program, runs, console));
            }
            hooks.add(HookSource.of(program.hooks()));
        }
        Sourced<List<String>> autolog = settings.find(Options.AUTOLOG).orElseThrow(); // it has a default
        Autolog.of(
                        autolog.source().toString(),
                        autolog.value(),
                        FRAMEWORKS,
                        framework -> hooksOf(
                                framework.name(),
                                new Recorder(framework.name(), runs, console::warn),
                                listeners,
                                console),
                        console)
                .ifPresent(hooks::add);
        if (settings.get(Options.CHILDREN) == Children.JOIN) {
            hooks.add(HookSource.of(StartedProcesses.hooks(runs)));
        }
        if (addsToDriversRun) {
            hooks.add(ofTasks(runs, console));
        }
        return hooks;
    }

    private static HookSource ofTasks(CurrentRuns runs, Console console) {
        return HookSource.of(TaskListener.hooks(new Recorder("spark", runs, console::warn), (TaskRuns) runs));
    }

    /** What the JVM makes {@code System.out} write in. */
    private Charset stdoutCharset() {
        String name = jvm.property("stdout.encoding", jvm.property("sun.stdout.encoding", ""));
        try {
            return name.isEmpty() ? Charset.defaultCharset() : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return Charset.defaultCharset();
        }
    }
}
