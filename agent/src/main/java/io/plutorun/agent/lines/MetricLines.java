package io.plutorun.agent.lines;

import io.plutorun.agent.capture.CapturedText;
import io.plutorun.agent.capture.ProgramText;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.metrics.RunValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Expressions that read values from what the program prints and logs. The first run reads the option, and tells the mistakes in it; the
 * first run that ends tells which expressions have matched nothing.
 */
public final class MetricLines implements RunListener {

    /** How long a run's end waits for the lines before it. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final String option;
    private final String text;
    private final CurrentRuns runs;
    private final Console console;
    private final LineQueue queue = new LineQueue(this::read);
    private final ProgramText program;

    private volatile List<LineReader> readers = List.of();

    // Guarded by this object's lock, which is held for no longer than a look at them.
    private final Set<CurrentRun> open = new HashSet<>();
    private boolean isParsed;
    private boolean isTold;

    /**
     * Makes it; the option is not read yet.
     *
     * @param option how the user calls the option
     * @param text what it says
     * @param program what the program prints and logs
     */
    public MetricLines(String option, String text, ProgramText program, CurrentRuns runs, Console console) {
        this.option = option;
        this.text = text;
        this.runs = runs;
        this.console = console;
        this.program = program;
        program.addForRecords(queue);
    }

    @Override
    public void opened(CurrentRun run) {
        if (hasReaders() && add(run)) {
            try {
                queue.open();
            } catch (OutOfMemoryError e) {
                remove(run);
                warn("nothing is read for a run: no further thread is allowed (" + e + ")");
            }
        }
    }

    private synchronized boolean hasReaders() {
        if (!isParsed) {
            isParsed = true;
            List<LineReader> made = new ArrayList<>();
            for (LinePattern pattern : new LinePatternParser(this::warn).parse(text)) {
                made.add(new LineReader(pattern, this::values, this::warn));
            }
            readers = made;
            program.begin();
        }
        return !readers.isEmpty();
    }

    private synchronized boolean add(CurrentRun run) {
        return open.add(run);
    }

    private synchronized boolean remove(CurrentRun run) {
        return open.remove(run);
    }

    @Override
    public void ending(CurrentRun run) {
        if (!remove(run)) {
            return;
        }
        program.endLines(run);
        boolean allRead = queue.awaitRead(MAX_WAIT);
        queue.close();
        if (!allRead) {
            warn("the last lines of a run are not read: there were too many for a second");
        }
        long lost = queue.takeLost();
        if (lost > 0) {
            warn(lost + " lines are not read: they came faster than the expressions can read them");
        }
        if (allRead && isFirstToTell()) {
            for (LineReader reader : readers) {
                String problem = reader.problem();
                if (problem != null) {
                    warn(problem);
                }
            }
        }
    }

    private synchronized boolean isFirstToTell() {
        boolean first = !isTold;
        isTold = true;
        return first;
    }

    private void read(CapturedText captured) {
        for (LineReader reader : readers) {
            reader.read(captured);
        }
    }

    /** Where a text's values go; where it is not clear whose they are, that is counted, and told. */
    private RunValues values(CapturedText captured) {
        CurrentRun run = captured.run();
        return run != null ? run.values() : runs.valuesOfThread();
    }

    private void warn(String line) {
        console.warn(option + ": " + line);
    }
}
