package io.plutorun.agent.run;

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
    static final Call UNTRACKED = new Call(null, false);

    private final @Nullable ActiveRun run;
    private final boolean opened;

    private Call(@Nullable ActiveRun run, boolean opened) {
        this.run = run;
        this.opened = opened;
    }

    /** A call that opened its run, and decides its verdict. */
    static Call opening(ActiveRun run) {
        run.callEntered(Thread.currentThread());
        return new Call(run, true);
    }

    /** A call that joined a run of another thread's. */
    static Call joining(ActiveRun run) {
        run.callEntered(Thread.currentThread());
        return new Call(run, false);
    }

    /** The method is over: this thread goes on to something else. */
    void left() {
        if (run != null) {
            run.callLeft(Thread.currentThread());
        }
    }

    /** The run whose verdict this call decides; null for none. */
    @Nullable
    ActiveRun openedRun() {
        return opened ? run : null;
    }

    @Override
    public @Nullable Object apply(String attribute) {
        return run == null ? null : run.attribute(attribute);
    }
}
