package io.plutorun.agent.send;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.api.TagRules;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run's records, one attempt each: what a record means in requests, for a run that is going on and for one that is replayed.
 * Used by one thread at a time.
 */
public final class RecordSender {

    /** A tracked call waits as long as a request may take, so this much of it is left for the create. */
    private static final int SHARE_OF_PATIENCE = 4;

    private static final Duration MAX_PATIENCE = Duration.ofSeconds(3);

    private final PlutoApi api;
    private final Duration timeout;
    private final ServerState serverState;
    private final LateRequests late = new LateRequests();
    private final StartSender starts;
    private final StateSender states;
    private volatile @Nullable StartedRun run;
    private volatile boolean isMarked;

    private RecordSender(PlutoApi api, Duration timeout, ServerState serverState, Duration patience) {
        this.api = api;
        this.timeout = timeout;
        this.serverState = serverState;
        this.starts = new StartSender(api, timeout, patience, late);
        this.states = new StateSender(api, timeout, serverState, late);
    }

    /** For the records of a process that is gone. */
    public static RecordSender ofThePast(PlutoApi api, Duration timeout) {
        return new RecordSender(api, timeout, new ServerState(), Duration.ZERO);
    }

    /** For the records of a run that is going on: the other processes of its world may be at work on it too. */
    public static RecordSender beside(PlutoApi api, Duration timeout, ServerState serverState) {
        Duration share = timeout.dividedBy(SHARE_OF_PATIENCE);
        return new RecordSender(api, timeout, serverState, share.compareTo(MAX_PATIENCE) > 0 ? MAX_PATIENCE : share);
    }

    /** The run, once its start has been answered well. */
    @Nullable
    public StartedRun run() {
        return run;
    }

    /** Whether the run bears the mark of this start. */
    public boolean isMarked() {
        return isMarked;
    }

    /** The requests whose effect may come behind the verdict. */
    public LateRequests late() {
        return late;
    }

    /** Goes on with a run whose start was delivered before. */
    public void knows(StartedRun started) {
        run = started;
    }

    /** From now on no run shall come of the start; one that an unanswered request has made is still found. */
    public void createNoMore() {
        starts.createNoMore();
    }

    /** The JVM is about to end: there is no time left to wait for another process. */
    public void waitForNobody() {
        starts.waitForNobody();
    }

    /** Sends a record. A good answer to one that tells the run's state holds a {@link StatusResult}. */
    public Outcome<?> send(RunRecord record) {
        if (record instanceof RunRecord.Start start) {
            return start(start);
        }
        StartedRun known = run;
        if (known == null) {
            throw new IllegalStateException("a record before the start: " + record);
        }
        if (record instanceof RunRecord.Tags tags) {
            return addTags(known.runId(), tags.added());
        }
        if (record instanceof RunRecord.Config config) {
            return api.updateConfig(known.runId(), config.values(), timeout);
        }
        if (record instanceof RunRecord.Notes notes) {
            return api.updateNotes(known.runId(), notes.text(), timeout);
        }
        if (record instanceof RunRecord.File || record instanceof RunRecord.Left) {
            return new Outcome.Answer<>(
                    true); // the one is uploaded beside the records, of the other the server hears nothing
        }
        if (record instanceof RunRecord.OfOtherRun other) {
            return sendOfOtherRun(other);
        }
        if (record instanceof RunRecord.Alive) {
            return states.alive(known.runId());
        }
        return states.verdict(known.runId(), (RunRecord.End) record);
    }

    /** What a create would have carried, and a run that existed before gets in requests of their own. */
    public static List<RunRecord> followUp(RunRecord.Start start, StartedRun run) {
        List<RunRecord> followUp = new ArrayList<>();
        if (run.resumed()) {
            if (!start.tags().isEmpty()) {
                followUp.add(new RunRecord.Tags(start.tags()));
            }
            if (start.target() instanceof Target.Resume && !start.config().isEmpty()) {
                followUp.add(new RunRecord.Config(start.config())); // after a create the server merges config itself
            }
        }
        return followUp;
    }

    private Outcome<StartedRun> start(RunRecord.Start start) {
        Outcome<StartedRun> outcome = starts.send(start);
        if (outcome instanceof Outcome.Answer<StartedRun> answer) {
            run = answer.value();
            if (start.part().hasOthers()) {
                states.isShared();
            }
            serverState.started(start.isOfItsOwn());
            isMarked = !answer.value().resumed()
                    || leavesMark(start, answer.value().runId());
        }
        return outcome;
    }

    /**
     * Who takes up a run leaves the mark of his start on it: a resume of a run that is RUNNING leaves no other trace, and who delivers the
     * journal of an earlier process must see it. Of several processes of a run, which would overwrite each other's, none does. One
     * attempt: the program waits for the start.
     */
    private boolean leavesMark(RunRecord.Start start, long runId) {
        String mark = start.mark();
        return mark != null
                && !start.part().hasOthers()
                && late.noted(api.updateLoggerSettings(runId, Map.of(RunRecord.Start.MARK, mark), timeout))
                        instanceof Outcome.Answer<Boolean>;
    }

    /** Where the other run is gone, there is nothing left to do, and nothing is said of this one. */
    private Outcome<?> sendOfOtherRun(RunRecord.OfOtherRun other) {
        Outcome<?> tagged = addTags(other.runId(), other.tags());
        Outcome<?> outcome =
                tagged instanceof Outcome.Answer<?> ? api.updateConfig(other.runId(), other.config(), timeout) : tagged;
        return AnswerRule.isNoSuchRun(outcome) ? new Outcome.Answer<>(true) : outcome;
    }

    private Outcome<?> addTags(long runId, List<String> added) {
        Outcome<RunDetails> details = api.details(runId, timeout);
        if (!(details instanceof Outcome.Answer<RunDetails> answer)) {
            return details;
        }
        List<String> present = answer.value().tags();
        if (present == null) {
            return new Outcome.Rejected<>(200, "its tags can't be read", null);
        }
        List<String> union = TagRules.union(present, added);
        Outcome<Boolean> sent =
                union.equals(present) ? new Outcome.Answer<>(true) : api.updateTags(runId, union, timeout);
        List<String> leftOut = TagRules.leftOut(union, added);
        return leftOut.isEmpty() ? sent : sent.map(done -> new Outcome.Answer<>(new TagsLeftOut(leftOut)));
    }
}
