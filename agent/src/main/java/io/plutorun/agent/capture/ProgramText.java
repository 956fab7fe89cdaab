package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.Hook;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What the program prints and logs. */
public final class ProgramText {

    private final CurrentRuns runs;
    private final TextTakers takers = new TextTakers();
    private final PrintedLines printed;
    private boolean withRecords;

    /**
     * Makes it; nothing is captured before the hooks are woven.
     *
     * @param runs whose thread a text comes from
     * @param charset what {@code System.out} writes in, where it does not tell
     */
    public ProgramText(CurrentRuns runs, Charset charset) {
        this.runs = runs;
        this.printed = new PrintedLines(runs, takers, charset);
    }

    /** One who takes what is printed. Before the hooks are woven. */
    public void addForLines(TextTaker taker) {
        takers.add(taker);
    }

    /** One who takes what is printed and what is logged. Before the hooks are woven. */
    public void addForRecords(TextTaker taker) {
        takers.add(taker);
        withRecords = true;
    }

    /** What is to be woven. */
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>(List.of(printed.hook()));
        if (withRecords) {
            for (LogFramework framework : LogFramework.ALL) {
                hooks.add(new LoggedRecords(framework, runs, takers).hook());
            }
        }
        return hooks;
    }

    /** A run opens: the streams that {@code System.out} and {@code System.err} are now count from now on, whatever replaces them. */
    public void begin() {
        printed.begin();
    }

    /** A run ends: what the calling thread has printed behind its last line is a line, and what any thread has of that run. */
    public void endLines(CurrentRun run) {
        printed.endLines(run);
    }
}
