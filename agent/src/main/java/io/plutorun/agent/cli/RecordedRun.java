package io.plutorun.agent.cli;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.SiblingJournals;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a journal says of its run, for who only asks. The journal is read without a lock, and nothing is sent. */
final class RecordedRun {

    private static final String WITHOUT_VERDICT = "without a verdict (its process was killed, or goes on)";

    private static final long MIB = 1 << 20;

    private RecordedRun() {}

    /**
     * Describes a journal's run in one line.
     *
     * @param line where the same is put for scripts
     */
    static String describe(Path journal, Map<String, @Nullable Object> line) {
        JournalContents contents = SiblingJournals.peek(journal);
        RunRecord.Start start = contents == null ? null : contents.start();
        if (contents == null || start == null) {
            line.put("result", "unreadable");
            return "no run can be read from it";
        }
        StartedRun started = contents.started();
        RunRecord.End end = contents.end();
        boolean isDone = contents.isDone();
        line.put("result", isDone ? "delivered already" : "not sent");
        line.put("run", started == null ? null : started.label());
        line.put("project", start.project());
        line.put("name", start.name());
        line.put("status", end == null ? null : end.status().name());
        String run = started == null
                ? "new run \"" + start.name() + "\" in project " + start.project()
                : "run " + started.label();
        String status = end == null ? WITHOUT_VERDICT : end.status().name();
        return (isDone ? "delivered already, " : "not sent, as asked: ") + run + " " + status + files(contents, line);
    }

    /** Those that the run's program has named, and that have not arrived. */
    private static String files(JournalContents contents, Map<String, @Nullable Object> line) {
        int count = 0;
        long bytes = 0;
        for (JournalContents.FileOfRun file : contents.files()) {
            if (!file.state().settled()) {
                count++;
                bytes += file.record().size();
            }
        }
        line.put("files", count);
        return count == 0
                ? ""
                : ", " + count + (count == 1 ? " file" : " files") + " of " + (bytes + MIB / 2) / MIB
                        + " MiB to upload";
    }
}
