package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.spark.executor.JobProperties;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code DAGScheduler.submitJob} and its like: a job carries the address of the run whose code submits it, to its tasks, and a tag by which
 * a cancel of the run ends it.
 */
final class JobListener extends FrameworkListener implements RunListener {

    private static final String SCHEDULER = "org.apache.spark.scheduler.DAGScheduler";
    private static final String CONTEXT = "org.apache.spark.SparkContext";
    private static final List<String> SUBMIT = List.of("submitJob", "submitMapStage", "runApproximateJob");

    private final Consumer<String> warnings;

    /** Sees Spark's classes; null before the first job. */
    private volatile @Nullable WeakReference<ClassLoader> loader;

    JobListener(Recorder recorder, Consumer<String> warnings) {
        super(recorder);
        this.warnings = warnings;
    }

    static List<ExactMethod> submitIn(String className) {
        return SUBMIT.stream()
                .flatMap(name -> ExactMethod.of(SCHEDULER, name).apply(className).stream())
                .toList();
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) {
        Properties job = properties(call);
        if (job == null) {
            return null;
        }
        Fit fit = Fits.around();
        CurrentRun run = fit != null
                ? fit.training().run()
                : Fits.isLeftOut() ? null : recorder().run();
        RunAddress address = run == null ? null : run.address();
        if (address == null) { // a thread may have inherited one
            JobProperties.clear(job);
        } else {
            Object self = call.self();
            loader = self == null ? null : new WeakReference<>(self.getClass().getClassLoader());
            JobProperties.set(job, address, fit == null ? "" : fit.suffix());
        }
        return null;
    }

    /** The scheduler has taken a copy of the properties, which are the thread's own. */
    @Override
    protected @Nullable CancellationException onExit(HookedCall call) {
        Properties job = properties(call);
        if (job != null) {
            JobProperties.clear(job);
        }
        return null;
    }

    private static @Nullable Properties properties(HookedCall call) {
        @Nullable Object[] arguments = call.arguments();
        if (arguments != null) {
            for (Object argument : arguments) {
                if (argument instanceof Properties job) {
                    return job;
                }
            }
        }
        return null;
    }

    @Override
    public void cancelled(CurrentRun run) {
        RunAddress address = run.address();
        WeakReference<ClassLoader> known = loader;
        ClassLoader spark = known == null ? null : known.get();
        if (address == null || spark == null) {
            return;
        }
        try {
            Object context = Scala.content(PublicMethods.call(
                    PublicMethods.scalaObject(CONTEXT, spark), CONTEXT + "$", "getActive", "()Lscala/Option;"));
            if (context != null) {
                cancelJobs(context, JobProperties.tag(address));
            }
        } catch (Throwable e) {
            warnings.accept("autolog: jobs of Spark's could not be cancelled with their run (" + e + ")");
        }
    }

    private void cancelJobs(Object context, String tag) throws Throwable {
        try {
            var unused = PublicMethods.call(
                    context, CONTEXT, "cancelJobsWithTag", MethodType.methodType(void.class, String.class), tag);
        } catch (NoSuchMethodException e) {
            warnings.accept(
                    "autolog: Spark " + PublicMethods.call(context, CONTEXT, "version", String.class)
                            + " can't cancel the jobs of one run, as Spark 3.5 and later can: those that go on are not cancelled");
        }
    }
}
