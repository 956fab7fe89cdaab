package io.plutorun.agent.console;

import io.plutorun.agent.capture.ProgramText;
import io.plutorun.agent.capture.TextTaker;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.edge.Console;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gives each printed line to the run of its thread. Of a run with several processes, rank 0 alone does so. */
public final class RunConsole implements RunListener, TextTaker {

    private final ProgramText program;
    private final Console console;
    private final Set<CurrentRun> open = ConcurrentHashMap.newKeySet();

    /** Lines that were printed on threads of no run, while several were open. */
    private final AtomicLong unclear = new AtomicLong();

    private final AtomicBoolean isUnclearTold = new AtomicBoolean();

    /**
     * Makes it.
     *
     * @param program what the program prints
     * @param console where is told that lines are in no run's console
     */
    public RunConsole(ProgramText program, Console console) {
        this.program = program;
        this.console = console;
        program.addForLines(this);
    }

    @Override
    public void opened(CurrentRun run) {
        if (run.beginConsole()) {
            program.begin();
            open.add(run);
        }
    }

    @Override
    public void ending(CurrentRun run) {
        if (open.contains(run)) {
            program.endLines(run);
            open.remove(run);
            if (unclear.get() > 0 && isUnclearTold.compareAndSet(false, true)) {
                console.warn("PLUTO_CAPTURE_CONSOLE: lines are in no run's console, " + unclear + " until now: a thread"
                        + " of no run has printed them while several runs were open. Run.wrap(task) carries a run to"
                        + " another thread");
            }
        }
    }

    @Override
    public boolean isOpen() {
        return !open.isEmpty();
    }

    @Override
    public void printed(@Nullable CurrentRun run, String line, boolean isError) {
        if (run == null) {
            unclear.incrementAndGet();
        } else if (open.contains(run)) {
            run.values().printed(line, isError);
        }
    }
}
