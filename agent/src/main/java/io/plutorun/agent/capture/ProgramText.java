package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.Hook;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What the program prints and logs. */
public final class ProgramText {

    private final PrintedLines printed;
    private final List<Hook> hooks = new ArrayList<>();

    /**
     * Makes it; nothing is captured before the hooks are woven.
     *
     * @param runs whose thread a text comes from
     * @param taker takes the texts
     * @param charset what {@code System.out} writes in, where it does not tell
     */
    public ProgramText(CurrentRuns runs, TextTaker taker, Charset charset) {
        printed = new PrintedLines(runs, taker, charset);
        hooks.add(printed.hook());
        for (LogFramework framework : LogFramework.ALL) {
            hooks.add(new LoggedRecords(framework, runs, taker).hook());
        }
    }

    /** What is to be woven. */
    public List<Hook> hooks() {
        return List.copyOf(hooks);
    }

    /** The first run opens: the streams that {@code System.out} and {@code System.err} are now count from now on, whatever replaces them. */
    public void begin() {
        printed.begin();
    }

    /** What the calling thread has printed behind its last line is a line. */
    public void endLines() {
        printed.endLines();
    }
}
