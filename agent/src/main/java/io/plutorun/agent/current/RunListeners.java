package io.plutorun.agent.current;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All listeners as one: the failure of one is neither the run's nor the others'. */
public final class RunListeners implements RunListener {

    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
    private final Consumer<String> warnings;

    /**
     * Makes it without any.
     *
     * @param warnings where a person is told that one has failed
     */
    public RunListeners(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** From now on this one hears of runs too. */
    public void add(RunListener listener) {
        listeners.add(listener);
    }

    @Override
    public void opened(CurrentRun run) {
        tell(RunListener::opened, run);
    }

    @Override
    public void started(
            CurrentRun run,
            Map<String, @Nullable Object> systemMetadata,
            Map<String, @Nullable Object> config,
            boolean resumed) {
        tell((listener, started) -> listener.started(started, systemMetadata, config, resumed), run);
    }

    @Override
    public void ending(CurrentRun run) {
        tell(RunListener::ending, run);
    }

    @Override
    public void cancelled(CurrentRun run) {
        tell(RunListener::cancelled, run);
    }

    private void tell(BiConsumer<RunListener, CurrentRun> what, CurrentRun run) {
        for (RunListener listener : listeners) {
            try {
                what.accept(listener, run);
            } catch (Throwable e) { // the run must go on, and must get its verdict
                warnings.accept("not all of a run could be recorded (" + e + ")");
            }
        }
    }
}
