package io.plutorun.agent.files;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** What a person is told about the files of one run. */
final class FileMessages {

    private static final String SYNC = "; send it with: java -jar pluto-agent.jar sync";

    private final Console console;
    private final Supplier<String> run;
    private final AtomicBoolean failureTold = new AtomicBoolean();

    FileMessages(Console console, Supplier<String> run) {
        this.console = console;
        this.run = run;
    }

    void notTaken(String file, String why) {
        console.errorCounted(
                "file " + file + why, "the file " + file + " of run " + run.get() + " is not uploaded: " + why);
    }

    void patternFails(String pattern, String why) {
        console.errorCounted("pattern " + pattern + why, "PLUTO_FILES, " + pattern + ": " + why);
    }

    /** Whatever held it up: a disk that does not answer, or an interrupt. */
    void searchUnfinished() {
        console.errorCounted(
                "search",
                "PLUTO_FILES: the search had not come to its end when the work of run " + run.get()
                        + " had; files that it had not found are not uploaded");
    }

    void settled(RunRecord.File file, FileUpload.Settled settled) {
        if (settled.problem() != null && isNamed(file)) {
            notTaken(shown(file), settled.problem());
        } else if (FileProgress.isLarge(file.size())) {
            console.info("the file " + shown(file) + " of run " + run.get() + " is uploaded");
        }
    }

    /** An answer that the same request would have again. */
    void left(RunRecord.File file, Outcome<?> answer) {
        if (!AnswerRule.isNoSuchRun(answer)) {
            left(file, answer.words());
        } else if (isNamed(file)) {
            notTaken(shown(file), "the run is not on the server any more (" + answer.words() + ")");
        }
    }

    void left(RunRecord.File file, String why) {
        if (!isNamed(file)) {
            console.debug(shown(file) + " of run " + run.get() + " is not uploaded, and stays recorded: " + why);
            return;
        }
        console.errorCounted(
                "file left " + why,
                "the file " + shown(file) + " of run " + run.get() + " is not uploaded, and stays recorded: " + why
                        + SYNC);
    }

    /** Told for the first file of a run: the others will meet the same. */
    void failing(RunRecord.File file, Outcome<?> outcome) {
        String line = "the file " + shown(file) + " of run " + run.get() + " does not reach the server ("
                + outcome.words() + "); it is tried again from its beginning";
        if (isNamed(file) && failureTold.compareAndSet(false, true)) {
            console.warn(line);
        } else {
            console.debug(line);
        }
    }

    LongConsumer progress(RunRecord.File file) {
        return new FileProgress(
                file.size(), done -> console.info(done + " of " + shown(file) + " of run " + run.get() + " uploaded"));
    }

    /** Whether somebody has named it, and waits for it; what the agent itself adds is worth no line. */
    static boolean isNamed(RunRecord.File file) {
        return file.path() != null;
    }

    static String shown(RunRecord.File file) {
        return file.path() == null ? file.fileName() : file.path();
    }
}
