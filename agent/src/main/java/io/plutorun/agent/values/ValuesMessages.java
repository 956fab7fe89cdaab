package io.plutorun.agent.values;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.metrics.RunMetrics;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import io.plutorun.agent.metrics.report.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What a person is told about the values of one run. */
final class ValuesMessages {

    /** How many lines that the server refused are told one by one. */
    private static final int MAX_REFUSED_LINES = 5;

    private static final int MAX_FRAMES = 16;

    private final Console console;
    private final Supplier<String> run;
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private final AtomicBoolean lossTold = new AtomicBoolean();
    private final AtomicBoolean lostLinesTold = new AtomicBoolean();
    private final Supplier<List<Thread>> executing;
    private int refusedLines;

    /**
     * Makes the messages of a run.
     *
     * @param run what a person calls the run, as far as it is known
     * @param executing the threads that execute it, as far as they are known
     */
    ValuesMessages(Console console, Supplier<String> run, Supplier<List<Thread>> executing) {
        this.console = console;
        this.run = run;
        this.executing = executing;
    }

    private String ofRun() {
        return " of run " + run.get();
    }

    void nowhereToKeep() {
        console.errorCounted(
                "values.nowhere",
                "the values" + ofRun() + " are not kept, since nothing can be recorded on disk, or the disk does not"
                        + " answer; set PLUTO_DIR to a folder that this process may write to");
    }

    void tooManyTags(String first) {
        console.warn("run " + run.get() + " bears 50 tags, which is the most; \"" + first
                + "\" and any after it are left out");
    }

    void notice(Notice notice) {
        String given = "\"" + notice.given() + "\"";
        switch (notice.kind()) {
            case NAME_MENDED ->
                console.warn("the name " + given + " of a value" + ofRun()
                        + " can't be used on the server as it is, and becomes \"" + notice.used() + "\"");
            case TWO_KINDS ->
                console.warn("the name " + given + ofRun() + " is used for numbers and for texts, tables or histograms;"
                        + " the server shows those that came first. Give each kind its own name");
            case TEXT_CUT ->
                console.warn(
                        "texts of " + given + ofRun() + " are cut: the server shows at most 200 characters of one");
            case TABLE_CUT -> console.warn("the table " + given + ofRun() + " is cut: at most 10,000 rows are kept");
            case TOO_MANY_NAMES ->
                console.warn("run " + run.get() + " has too many different names of values; those of new names are not"
                        + " kept. Put what changes into the step, not into the name");
            case STEP_REFUSED ->
                console.warn("values of " + given + ofRun() + " are not kept, whose step is negative or beyond 2^53-1");
            case NOT_MAPPED ->
                console.debug("values" + ofRun() + " are appended to files, not mapped: " + notice.used());
            case SILENT ->
                console.warn("run " + run.get() + " has logged no value for " + notice.used()
                        + ", which is more than 20 times as long as usual" + doing());
            case CONSOLE_CUT ->
                console.warn("run " + run.get() + " prints more than its console keeps, 64 MiB or"
                        + " PLUTO_METRICS_MAX_BYTES: its first lines are kept, and its last ones, which are sent when"
                        + " it ends");
            case DISK_REFUSES -> diskRefuses(notice);
        }
    }

    /** What the threads of the run do; the method that they are in comes first, and what has called it behind. */
    private String doing() {
        StringBuilder text = new StringBuilder();
        for (Thread thread : executing.get()) {
            text.append("; thread \"").append(thread.getName()).append("\" is in");
            StackTraceElement[] stack = thread.getStackTrace();
            for (int i = 0; i < stack.length && i < MAX_FRAMES; i++) {
                text.append(i == 0 ? " " : ", called by ").append(stack[i]);
            }
        }
        return text.toString();
    }

    /** The first refusal tells the reason; the others differ in the file that was tried. */
    private void diskRefuses(Notice notice) {
        if (refusalTold.compareAndSet(false, true)) {
            console.warn("values" + ofRun() + " can't be written to " + notice.given() + " (" + notice.used()
                    + "); those that find no room in memory until they can are lost");
        }
    }

    /** Tells once, at the run's end, what was not kept. */
    void lost(RunMetrics metrics) {
        lost(metrics.losses(), lossTold, "value");
        lost(metrics.consoleLosses(), lostLinesTold, "printed line");
    }

    private void lost(Losses losses, AtomicBoolean told, String what) {
        Map<Loss, Long> all = losses.all();
        if (!all.isEmpty() && told.compareAndSet(false, true)) {
            long sum = all.values().stream().mapToLong(Long::longValue).sum();
            List<String> reasons = new ArrayList<>();
            all.forEach((loss, count) -> reasons.add(count + " " + reason(loss)));
            console.warn(sum + " " + what + (sum == 1 ? "" : "s") + ofRun() + (sum == 1 ? " was" : " were")
                    + " not kept: " + String.join(", ", reasons));
        }
    }

    private static String reason(Loss loss) {
        return switch (loss) {
            case TOO_FAST -> "came faster than the disk takes them";
            case DISK_HUNG -> "while the disk did not answer";
            case DISK_REFUSED -> "since the disk could not be written";
            case TRUNCATED -> "in a file that somebody has truncated";
            case REMOVED -> "in a file that somebody has removed";
            case THINNED -> "to stay below PLUTO_METRICS_MAX_BYTES, evenly";
            case LIMIT -> "beyond PLUTO_METRICS_MAX_BYTES";
            case NAMES -> "of too many names";
            case STEP -> "with a step that the server can't keep";
            case TORN -> "were cut off while they were written";
            case FAILED -> "could not be read from the program's objects";
        };
    }

    void failing(Outcome<?> outcome) {
        console.warn("the values" + ofRun() + " do not reach the server (" + outcome.words()
                + "); they are kept on disk, and tried again");
    }

    void gone(Outcome<?> answer) {
        console.warn("the values" + ofRun() + " are not kept any longer: the run is not on the server any more ("
                + answer.words() + ")");
    }

    void damaged(long values) {
        console.warn(values + (values == 1 ? " value" : " values") + ofRun() + (values == 1 ? " was" : " were")
                + " found damaged on disk, and left out");
    }

    void impossible(String why) {
        console.error("the values" + ofRun() + " stay on disk: " + why);
    }

    /** The first few lines are told one by one. */
    synchronized void lineRefused(String line, Outcome<?> answer) {
        if (refusedLines++ < MAX_REFUSED_LINES) {
            console.warn("the server refuses a value" + ofRun() + ", which is left out: " + line + " (" + answer.words()
                    + ")");
        }
    }
}
