package io.plutorun.agent.replay;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.Backoff;
import io.plutorun.agent.send.RecordSender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests that the delivery of one journal makes, each repeated a few times where the same request may succeed later. */
final class Requests {

    private static final int MAX_ATTEMPTS = 4;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

    private final PlutoApi api;
    private final Duration timeout;
    private final RecordSender sender;
    private long lastSignOfLife = System.nanoTime();

    Requests(PlutoApi api, Duration timeout, RecordSender sender) {
        this.api = api;
        this.timeout = timeout;
        this.sender = sender;
    }

    /** Sends a record. */
    Object send(RunRecord record) throws StoppedException {
        return attempt(record, () -> sender.send(record));
    }

    /** Sends a record that must not keep the verdict from its way when the server will not have it. */
    void sendOrLeaveOut(RunRecord record) throws StoppedException {
        try {
            var unused = send(record);
        } catch (StoppedException e) {
            if (e.concernsAll() || e.isFinal()) {
                throw e;
            }
        }
    }

    RunDetails details(long runId) throws StoppedException {
        return attempt(new RunRecord.Alive(), () -> api.details(runId, timeout));
    }

    List<StatusEvent> history(long runId) throws StoppedException {
        return attempt(new RunRecord.Alive(), () -> api.statusHistory(runId, timeout));
    }

    /** The organization of the key. */
    String organization() throws StoppedException {
        return attempt(new RunRecord.Alive(), () -> api.organization(timeout));
    }

    /**
     * The service that takes what is no record.
     *
     * @param what is left where its URL is not known
     */
    static IngestApi ingest(PlutoApi api, String what) throws StoppedException {
        IngestApi ingest = api.ingest();
        if (ingest == null) {
            throw new StoppedException(
                    "its " + what + " are left, since the URL of the ingest service is not known: set PLUTO_URL_INGEST",
                    false);
        }
        return ingest;
    }

    /** Puts a run that the server's watch has ended back to RUNNING. */
    void revive(long runId, @Nullable Instant at) throws StoppedException {
        attempt(
                new RunRecord.Alive(),
                () -> sender.late().noted(api.updateStatus(runId, RunStatus.RUNNING, null, at, timeout)));
    }

    /** Gives a run the verdict back that it had before it was looked for. */
    void giveBack(long runId, RunStatus verdict) throws StoppedException {
        attempt(new RunRecord.Alive(), () -> api.updateStatus(runId, verdict, null, null, timeout));
    }

    /** The server's watch must not end the run while its records are still on their way. */
    void signOfLife(long runId) throws StoppedException {
        if (System.nanoTime() - lastSignOfLife > KEEP_ALIVE.toNanos()) {
            revive(runId, null);
            lastSignOfLife = System.nanoTime();
        }
    }

    /** Makes a request, and again where it may succeed later; {@code record} is what it is about. */
    static <T> T attempt(RunRecord record, Supplier<? extends Outcome<? extends T>> call) throws StoppedException {
        Backoff backoff = new Backoff();
        for (int tries = 1; ; tries++) {
            Outcome<? extends T> outcome = call.get();
            if (outcome instanceof Outcome.Answer<? extends T> answer) {
                return answer.value();
            }
            if (!outcome.isTransient() || tries == MAX_ATTEMPTS) {
                throw new StoppedException(AnswerRule.of(record, outcome), outcome);
            }
            try {
                Thread.sleep(backoff.next(outcome).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException("interrupted", true);
            }
        }
    }
}
