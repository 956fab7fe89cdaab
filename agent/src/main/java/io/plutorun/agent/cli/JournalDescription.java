package io.plutorun.agent.cli;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.SiblingJournals;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a journal says of its run, for who only asks. The journal is read without a lock, and nothing is sent. */
final class JournalDescription {

    private static final String WITHOUT_VERDICT = "without a verdict (its process was killed, or goes on)";

    private static final long MIB = 1 << 20;

    private JournalDescription() {}

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
        String worker = start.part().worker();
        boolean isDone =
                worker == null ? contents.isDone() : contents.dropped(); // a worker leaves before its values do
        line.put("result", isDone ? "delivered already" : "not sent");
        line.put("run", started == null ? null : started.label());
        line.put("project", start.project());
        line.put("name", start.name());
        line.put("worker", worker);
        line.put("status", end == null ? null : end.status().name());
        String what = worker == null ? run(start, started, end) : values(worker, start, started);
        return (isDone ? "delivered already, " : "not sent, as asked: ") + what + files(contents, line);
    }

    private static String run(RunRecord.Start start, @Nullable StartedRun started, RunRecord.@Nullable End end) {
        String run = started == null
                ? "new run \"" + start.name() + "\" in project " + start.project()
                : "run " + started.label();
        return run + " " + (end == null ? WITHOUT_VERDICT : end.status().name());
    }

    /** A worker adds values to a run of another process, which ends it. */
    private static String values(String worker, RunRecord.Start start, @Nullable StartedRun started) {
        String number = start.target() instanceof RunRecord.Target.Resume resume
                        && resume.run() instanceof RunReference.ByRunId id
                ? "number " + id.runId() + " in project " + start.project()
                : "in project " + start.project();
        return "values of " + worker + " for run " + (started == null ? number : started.label());
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
