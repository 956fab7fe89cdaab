package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code Task.run}: which threads work for which run. */
public final class TaskListener extends FrameworkListener {

    private static final String TASK = "org.apache.spark.scheduler.Task";

    private final TaskRuns runs;

    private TaskListener(Recorder recorder, TaskRuns runs) {
        super(recorder);
        this.runs = runs;
    }

    /** The hooks of an executor. */
    public static List<Hook> hooks(Recorder recorder, TaskRuns runs) {
        return List.of(new Hook(
                ExactMethod.of(TASK, "run"), Set.of(Moment.ENTRY, Moment.EXIT), new TaskListener(recorder, runs)));
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        RunAddress run = run(call);
        if (run != null) {
            runs.entered(run, Thread.currentThread());
        }
        return null;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        RunAddress run = run(call);
        if (run != null) {
            runs.left(run, Thread.currentThread());
        }
        return null;
    }

    private static @Nullable RunAddress run(HookedCall call) throws Throwable {
        Object task = call.self();
        Object properties = task == null ? null : PublicMethods.call(task, TASK, "localProperties", Properties.class);
        return properties instanceof Properties job ? RunAddress.of(job::getProperty) : null;
    }
}
