package io.plutorun.agent.delivery;

import io.plutorun.agent.api.CreateRun;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.api.TagRules;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run's records, one attempt each: what a record means in requests, for a run that is going on and for one that is replayed.
 * Used by one thread at a time.
 */
final class RecordSender {

    /** A start that is sent later than this is news of the past: the server must not take the run for one that fell silent since. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** A tracked call waits as long as a request may take, so this much of it is left for the create. */
    private static final int SHARE_OF_PATIENCE = 4;

    private static final Duration MAX_PATIENCE = Duration.ofSeconds(3);

    private final PlutoApi api;
    private final Duration timeout;
    private final ServerState serverState;
    private final StateSender states;

    /** How often a create that was answered is repeated because its run can't be read: to know whose it is is worth no more. */
    private static final int MAX_ATTEMPTS_FOR_DETAILS = 3;

    /** Rank 0 comes first where it can, so that the run is made with its name, tags, config and machine. */
    private final Duration patience;

    private final long madeNanos = System.nanoTime();
    private int unreadDetails;
    private volatile boolean createsNoMore;
    private volatile @Nullable StartedRun run;

    /**
     * Makes a sender for records of a process that is gone.
     *
     * @param serverState what is heard of the run's state meanwhile
     */
    RecordSender(PlutoApi api, Duration timeout, ServerState serverState) {
        this(api, timeout, serverState, Duration.ZERO);
    }

    private RecordSender(PlutoApi api, Duration timeout, ServerState serverState, Duration patience) {
        this.api = api;
        this.timeout = timeout;
        this.serverState = serverState;
        this.states = new StateSender(api, timeout, serverState);
        this.patience = patience;
    }

    /** For the records of a run that is going on: the other processes of its world may be at work on it too. */
    static RecordSender beside(PlutoApi api, Duration timeout, ServerState serverState) {
        Duration share = timeout.dividedBy(SHARE_OF_PATIENCE);
        return new RecordSender(api, timeout, serverState, share.compareTo(MAX_PATIENCE) > 0 ? MAX_PATIENCE : share);
    }

    /** The run, once its start has been answered well. */
    @Nullable
    StartedRun run() {
        return run;
    }

    /** Goes on with a run whose start was delivered before. */
    void knows(StartedRun started) {
        run = started;
    }

    /** From now on no run shall come of the start; one that an unanswered request has made is still found. */
    void createNoMore() {
        createsNoMore = true;
    }

    /** Sends a record. A good answer to one that tells the run's state holds an {@link StatusResult}. */
    Outcome<?> send(RunRecord record) {
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
        if (record instanceof RunRecord.Alive) {
            return states.alive(known.runId());
        }
        return states.verdict(known.runId(), (RunRecord.End) record);
    }

    /** What a create would have carried, and a run that existed before gets in requests of their own. */
    static List<RunRecord> followUp(RunRecord.Start start, StartedRun run) {
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
        Outcome<StartedRun> outcome = request(start);
        if (!(outcome instanceof Outcome.Answer<StartedRun> answer)) {
            return outcome;
        }
        StartedRun started = answer.value();
        if (start.part().hasOthers() && started.resumed() && !patience.isZero()) {
            new LateRank(api, timeout).putBack(started.runId());
        }
        if (!started.resumed() || start.target() instanceof Target.Resume) {
            begun(start, started);
            return outcome;
        }
        // A run that the server says existed may have been made by this very start, in a request whose answer was lost.
        Outcome<RunDetails> details = api.details(started.runId(), timeout);
        if (details.isTransient() && ++unreadDetails < MAX_ATTEMPTS_FOR_DETAILS) {
            return new Outcome.Unreachable<>(details.words());
        }
        boolean ours = isOurs(details, start);
        if (createsNoMore && !ours) {
            putBack(started.runId());
            return new Outcome.Rejected<>(404, "the run that bears the id is another's", null);
        }
        begun(start, ours ? started.asCreated() : started);
        return outcome;
    }

    private void begun(RunRecord.Start start, StartedRun started) {
        run = started;
        if (start.part().hasOthers()) {
            states.isShared();
        }
        serverState.started(start.target() instanceof Target.Create create && !create.chosen());
    }

    /** To look for a run by its external id is to resume it; one that had ended, and is not ours, gets its verdict back. */
    private void putBack(long runId) {
        if (api.statusHistory(runId, timeout) instanceof Outcome.Answer<List<StatusEvent>> history) {
            RunStatus verdict = null;
            boolean revived = false;
            for (StatusEvent event : history.value()) {
                revived = event.to() == RunStatus.RUNNING && event.source().equals("resume") && verdict != null;
                verdict = event.to() == null || event.to() == RunStatus.RUNNING ? verdict : event.to();
            }
            if (revived && verdict != null) {
                api.updateStatus(runId, verdict, null, null, timeout);
            }
        }
    }

    private static boolean isOurs(Outcome<RunDetails> details, RunRecord.Start start) {
        Object mark = start.loggerSettings().get(RunRecord.Start.MARK);
        return mark != null
                && details instanceof Outcome.Answer<RunDetails> answer
                && mark.equals(answer.value().loggerSettings().get(RunRecord.Start.MARK));
    }

    private Outcome<StartedRun> request(RunRecord.Start start) {
        if (start.target() instanceof Target.Resume resume) {
            return api.resume(resume.run(), timeout);
        }
        Target.Create create = (Target.Create) start.target();
        if (start.part().follows() && System.nanoTime() - madeNanos < patience.toNanos()) {
            Outcome<StartedRun> made =
                    api.resume(new RunReference.ByExternalId(create.externalId(), start.project()), timeout);
            return made instanceof Outcome.Rejected<StartedRun> rejected && rejected.status() == 404
                    ? new Outcome.Unreachable<>("rank 0 has not created the run yet")
                    : made;
        }
        if (createsNoMore) { // but an unanswered request may have made one
            return api.resume(new RunReference.ByExternalId(create.externalId(), start.project()), timeout);
        }
        Instant now = Instant.now();
        boolean fresh = Duration.between(start.at(), now).compareTo(FRESH) <= 0;
        return api.create(
                new CreateRun(
                        start.name(),
                        start.project(),
                        create.externalId(),
                        start.tags(),
                        start.loggerSettings(),
                        start.systemMetadata(),
                        start.config(),
                        start.at(),
                        fresh ? start.at() : now),
                timeout);
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
        return union.equals(present) ? new Outcome.Answer<>(true) : api.updateTags(runId, union, timeout);
    }
}
