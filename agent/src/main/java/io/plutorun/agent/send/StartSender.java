package io.plutorun.agent.send;

import io.plutorun.agent.api.CreateRun;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDescription;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Sends a run's start, one attempt a call, so that exactly one run comes of it, however often it is sent. */
final class StartSender {

    /** A start that is sent later than this is news of the past: the server must not take the run for one that fell silent since. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** How often a create that was answered is repeated because its run can't be read: to know whose it is is worth no more. */
    private static final int MAX_ATTEMPTS_FOR_DETAILS = 3;

    private final PlutoApi api;
    private final Duration timeout;
    private final LateRequests late;

    /** How long one of several processes waits for rank 0, so that the run is made with its name, tags, config and machine. */
    private volatile Duration patience;

    private final long madeNanos = System.nanoTime();
    private int unreadDetails;
    private volatile boolean createsNoMore;

    StartSender(PlutoApi api, Duration timeout, Duration patience, LateRequests late) {
        this.late = late;
        this.api = api;
        this.timeout = timeout;
        this.patience = patience;
    }

    /** From now on no run shall come of the start; one that an unanswered request has made is still found. */
    void createNoMore() {
        createsNoMore = true;
    }

    /** There is no time left to wait for rank 0. */
    void waitForNobody() {
        patience = Duration.ZERO;
    }

    /** Sends it. A good answer says of a run that this start has made that it is not resumed. */
    Outcome<StartedRun> send(RunRecord.Start start) {
        if (start.part().isWorker() && start.target() instanceof Target.Resume resume) {
            return runOfOthers(start, ((RunReference.ByRunId) resume.run()).runId());
        }
        Outcome<StartedRun> outcome = late.noted(request(start));
        if (!(outcome instanceof Outcome.Answer<StartedRun> answer)) {
            return outcome;
        }
        StartedRun started = answer.value();
        if (start.part().hasOthers() && started.resumed() && !patience.isZero()) {
            Instant born = ProcessHandle.current().info().startInstant().orElse(Instant.MAX); // then none is younger
            new VerdictRestorer(api, timeout).restoreGivenSince(started.runId(), born, Instant.now());
        }
        if (!started.resumed() || start.target() instanceof Target.Resume) {
            return outcome;
        }
        // A run that the server says existed may have been made by this very start, in a request whose answer was lost.
        Outcome<RunDetails> details = api.details(started.runId(), timeout);
        if (details.isTransient() && ++unreadDetails < MAX_ATTEMPTS_FOR_DETAILS) {
            return details.map(unread -> new Outcome.Unusable<>(200, "no details"));
        }
        boolean ours = isOurs(details, start);
        if (createsNoMore && !ours) {
            new VerdictRestorer(api, timeout).restore(started.runId());
            return new Outcome.Rejected<>(404, "the run that bears the id is another's", null);
        }
        return ours ? new Outcome.Answer<>(started.asCreated()) : outcome;
    }

    private static boolean isOurs(Outcome<RunDetails> details, RunRecord.Start start) {
        String mark = start.mark();
        return mark != null
                && details instanceof Outcome.Answer<RunDetails> answer
                && mark.equals(answer.value().loggerSettings().get(RunRecord.Start.MARK));
    }

    /** A run that is only looked at: to resume it would revive one that has ended. Its number alone may be another run's, on another server. */
    private Outcome<StartedRun> runOfOthers(RunRecord.Start start, long runId) {
        return api.details(runId, timeout).map(run -> {
            Object externalId = start.loggerSettings().get(RunDescription.EXTERNAL_ID);
            boolean isMeant = start.project().equals(run.project())
                    && (externalId == null || externalId.equals(run.externalId()));
            return isMeant
                    ? new Outcome.Answer<>(new StartedRun(
                            runId, OptionalLong.empty(), run.displayId(), run.project(), null, null, true))
                    : new Outcome.Rejected<>(404, "run " + runId + " of this server is another run", null);
        });
    }

    private Outcome<StartedRun> request(RunRecord.Start start) {
        if (start.target() instanceof Target.Resume resume) {
            return api.resume(resume.run(), timeout);
        }
        Target.Create create = (Target.Create) start.target();
        RunReference byId = new RunReference.ByExternalId(create.externalId(), start.project());
        if (start.part().follows() && System.nanoTime() - madeNanos < patience.toNanos()) {
            Outcome<StartedRun> made = api.resume(byId, timeout);
            return made instanceof Outcome.Rejected<StartedRun> rejected && rejected.status() == 404
                    ? new Outcome.Unreachable<>("rank 0 has not created the run yet")
                    : made;
        }
        if (createsNoMore) { // but an unanswered request may have made one
            return api.resume(byId, timeout);
        }
        Instant now = Instant.now();
        boolean fresh = Duration.between(start.at(), now).compareTo(FRESH) <= 0;
        return api.create(
                new CreateRun(start.description(), create.externalId(), start.at(), fresh ? start.at() : now), timeout);
    }
}
