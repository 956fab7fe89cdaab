package io.plutorun.agent.replay;

import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.SiblingJournals;
import io.plutorun.agent.send.LateRequests;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What other processes have made of the run since its own process died: then the verdict of that process does not count any more. */
final class OtherProcesses {

    /** A resume that the dead process itself made is noted by the server's clock, at most a start's time-out after the start. */
    private static final Duration OWN_EVENTS = Duration.ofSeconds(60);

    private static final String RESUME = "resume";

    private final JournalContents contents;
    private final RunRecord.Start start;
    private final SiblingJournals siblings;

    OtherProcesses(JournalContents contents, RunRecord.Start start, SiblingJournals siblings) {
        this.contents = contents;
        this.start = start;
        this.siblings = siblings;
    }

    /** Whether one has begun the run by the same id again. Asked while the run's number is not known: to ask the server is to resume it. */
    boolean haveBegunItAgain() throws IOException {
        return !start.isOfItsOwn() && siblings.beginAgain(start); // nobody else can have a random id
    }

    /** The run as the server named it to one of them; null when it has not. */
    @Nullable
    StartedRun named() throws IOException {
        StartedRun run = siblings.named(start);
        return run == null ? null : run.asResumed();
    }

    /**
     * Why the verdict is not the dead process's to give any more; null when it is.
     *
     * @param end the verdict that it recorded; null when it died without one
     */
    @Nullable
    String haveDecided(StartedRun run, RunDetails details, List<StatusEvent> history, RunRecord.@Nullable End end)
            throws IOException {
        Instant recorded = end != null ? end.at() : start.at();
        Instant ours = recorded.isAfter(contents.startedAt()) ? recorded : contents.startedAt();
        Instant ownUntil = ownUntil(ours.plus(OWN_EVENTS));
        List<StatusEvent> since = history.stream()
                .filter(event -> event.at() != null && event.at().isAfter(ownUntil))
                .toList();
        if (siblings.goOnWith(run.runId())
                || bearsAnotherMark(details)
                || since.stream().anyMatch(event -> event.source().equals(RESUME))) {
            return "run " + run.label() + " was resumed since, by another process";
        }
        if (end != null && !since.isEmpty() && isVerdictOfAnother(since.get(since.size() - 1), end)) {
            return "run " + run.label() + " has the verdict of another process since";
        }
        RunStatus held = details.status() == null ? RunStatus.RUNNING : details.status();
        if (held == RunStatus.CANCELLED || (end != null && end.status() == RunStatus.CANCELLED)) {
            return "run " + run.label() + " was cancelled";
        }
        boolean decided = end == null && held != RunStatus.RUNNING;
        return decided ? "run " + run.label() + " is " + held + " on the server" : null;
    }

    /** A request of the dead process that was never answered may have taken effect later. Another process would have left its mark on the run. */
    private Instant ownUntil(Instant usually) {
        Instant unanswered = contents.unanswered();
        if (unanswered == null || !contents.marked() || start.part().hasOthers()) {
            return usually;
        }
        Instant late = unanswered.plus(LateRequests.MAX_DELAY);
        return late.isAfter(usually) ? late : usually;
    }

    /**
     * Who resumes a run that is RUNNING leaves no event on the server, but its mark on the run. Of several processes of one run none leaves
     * a mark.
     */
    private boolean bearsAnotherMark(RunDetails details) {
        return contents.marked()
                && !start.part().hasOthers()
                && start.mark() != null
                && details.loggerSettings().get(RunRecord.Start.MARK) instanceof String mark
                && !mark.equals(start.mark());
    }

    /** The server's watch knows less than the journal. */
    private static boolean isVerdictOfAnother(StatusEvent event, RunRecord.End end) {
        return event.source().equals("api")
                && event.to() != null
                && event.to() != RunStatus.RUNNING
                && event.to() != end.status();
    }
}
