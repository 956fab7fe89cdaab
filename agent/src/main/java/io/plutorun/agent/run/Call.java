package io.plutorun.agent.run;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.metrics.RunValues;
import io.plutorun.agent.values.LoggedValues;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An outermost tracked call, as the bridge keeps it: its run, or none when it executes untracked. A call without a run is kept too, so
 * that the tracked calls inside it join it, and do not each try again what has just failed.
 *
 * <p>As a function it gives a run's attributes by name; that is how {@code io.plutorun.Run} sees it.
 */
final class Call implements Function<String, @Nullable Object> {

    /** A call that executes untracked. */
    static final Call UNTRACKED = new Call(null, false, false);

    private final @Nullable ActiveRun run;
    private final boolean opened;
    private final boolean returnsStage;

    private Call(@Nullable ActiveRun run, boolean opened, boolean returnsStage) {
        this.run = run;
        this.opened = opened;
        this.returnsStage = returnsStage;
    }

    /** A call that opened its run, and decides its verdict. */
    static Call opening(ActiveRun run) {
        run.callEntered(Thread.currentThread());
        Call call = new Call(run, true, run.specification().method().returnsStage());
        run.methodBegins();
        return call;
    }

    /** A call that joined a run which another call opened. */
    static Call joining(ActiveRun run, TrackedMethod method) {
        run.callEntered(Thread.currentThread());
        return new Call(run, false, method.returnsStage());
    }

    /** No call of a method's: what a thread outside any tracked call sees of a run. */
    static Call seeing(ActiveRun run) {
        return new Call(run, false, false);
    }

    /** The method is over: this thread goes on to something else. */
    void left() {
        if (run != null) {
            run.callLeft(Thread.currentThread());
        }
    }

    /** Its run; null when it executes untracked. */
    @Nullable
    ActiveRun run() {
        return run;
    }

    /** The run in whose verdict its outcome has a say; null for none. */
    @Nullable
    ActiveRun decides() {
        return run != null && (opened || run.isOfTheProcess()) ? run : null;
    }

    /** Where what is logged in it goes; nowhere from its run's verdict on. */
    RunValues values() {
        LoggedValues logged = run == null ? null : run.logged();
        return logged == null ? RunValues.NONE : logged.entry();
    }

    /** Its run as recorders see it; null where it executes untracked. */
    @Nullable
    CurrentRun current() {
        return run == null ? null : run.current();
    }

    /** Whether it has a run that threads may mean, and whose verdict is not decided. Of another process's run, tasks know that they mean it. */
    boolean isActive() {
        return run != null
                && !run.isEnded()
                && (run.isOfTheProcess() || !run.specification().isOfWorker());
    }

    /** Whether its method is declared to return a stage, which it lasts until. */
    boolean returnsStage() {
        return returnsStage;
    }

    @Override
    public @Nullable Object apply(String attribute) {
        return run == null ? null : run.attribute(attribute);
    }
}
