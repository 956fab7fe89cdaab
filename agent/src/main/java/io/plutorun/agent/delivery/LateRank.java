package io.plutorun.agent.delivery;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.http.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process of several that comes to their run when another one has ended it already: to come to a run is to resume it, and the server
 * puts it back to RUNNING. Nobody would end it again, so it gets its verdict back.
 *
 * <p>A verdict of the job's former life, which a restarted job is to go on from, is older than this process, and is not put back. Two
 * clocks must say that the verdict is younger: the server's against this machine's, which may differ; and the server's alone, by which it
 * was not in force for longer than this process has lived.
 */
final class LateRank {

    private final PlutoApi api;
    private final Duration timeout;
    private final Instant born;
    private final Instant now;

    /** This process. */
    LateRank(PlutoApi api, Duration timeout) {
        this(
                api,
                timeout,
                ProcessHandle.current().info().startInstant().orElse(Instant.MAX), // then no verdict is younger
                Instant.now());
    }

    /** A process that was born then. */
    LateRank(PlutoApi api, Duration timeout, Instant born, Instant now) {
        this.api = api;
        this.timeout = timeout;
        this.born = born;
        this.now = now;
    }

    /** Gives the run its verdict back where it had one since the process was born; which one, or null. */
    @Nullable
    RunStatus putBack(long runId) {
        RunStatus verdict = api.statusHistory(runId, timeout) instanceof Outcome.Answer<List<StatusEvent>> history
                ? undone(history.value())
                : null;
        if (verdict != null) {
            api.updateStatus(runId, verdict, null, null, timeout);
        }
        return verdict;
    }

    private @Nullable RunStatus undone(List<StatusEvent> events) {
        if (events.size() < 2) {
            return null;
        }
        StatusEvent ended = events.get(events.size() - 2);
        StatusEvent revived = events.get(events.size() - 1);
        boolean isRevival =
                revived.to() == RunStatus.RUNNING && revived.source().equals("resume");
        boolean isVerdict =
                ended.source().equals("api") && (ended.to() == RunStatus.COMPLETED || ended.to() == RunStatus.FAILED);
        return isRevival && isVerdict && isYounger(ended.at(), revived.at()) ? ended.to() : null;
    }

    private boolean isYounger(@Nullable Instant ended, @Nullable Instant revived) {
        return ended != null
                && revived != null
                && ended.isAfter(born)
                && Duration.between(ended, revived).compareTo(Duration.between(born, now)) < 0;
    }
}
