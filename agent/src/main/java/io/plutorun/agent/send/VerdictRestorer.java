package io.plutorun.agent.send;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.http.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives a run its verdict back that had ended before it was resumed by mistake: the server puts a run back to RUNNING when it is looked
 * for by its external id, and nobody would end it again.
 */
public final class VerdictRestorer {

    private final PlutoApi api;
    private final Duration timeout;

    public VerdictRestorer(PlutoApi api, Duration timeout) {
        this.api = api;
        this.timeout = timeout;
    }

    /** Gives back whatever verdict the run had. Which one; null when it had none. */
    @Nullable
    public RunStatus restore(long runId) {
        return restore(runId, VerdictRestorer::given);
    }

    /**
     * Gives back a verdict that another process has given since a process was born: so does one of several processes of a run that comes
     * when another one has ended it. A verdict of the job's former life, which a restarted job is to go on from, is older, and is not
     * given back.
     *
     * <p>Two clocks must say that the verdict is younger: the server's against this machine's, which may differ; and the server's alone,
     * by which the verdict was not in force for longer than the process has lived.
     *
     * @return which one; null when there is none
     */
    @Nullable
    public RunStatus restoreGivenSince(long runId, Instant born, Instant now) {
        return restore(runId, events -> givenSince(events, born, now));
    }

    /** The verdict that {@link #restoreGivenSince} would give back, by the run's history. */
    public static @Nullable RunStatus givenSince(List<StatusEvent> events, Instant born, Instant now) {
        return undone(
                events,
                (verdict, resumed) -> isByAProgram(verdict) && isYounger(verdict.at(), resumed.at(), born, now));
    }

    /** Any verdict that {@link #restore(long)} would give back, by the run's history. */
    public static @Nullable RunStatus given(List<StatusEvent> events) {
        return undone(events, (verdict, resumed) -> true);
    }

    private @Nullable RunStatus restore(long runId, Function<List<StatusEvent>, @Nullable RunStatus> rule) {
        RunStatus verdict = api.statusHistory(runId, timeout) instanceof Outcome.Answer<List<StatusEvent>> history
                ? rule.apply(history.value())
                : null;
        if (verdict != null) {
            api.updateStatus(runId, verdict, null, null, timeout);
        }
        return verdict;
    }

    private static @Nullable RunStatus undone(
            List<StatusEvent> events, BiPredicate<StatusEvent, StatusEvent> condition) {
        if (events.size() < 2) {
            return null;
        }
        StatusEvent verdict = events.get(events.size() - 2);
        StatusEvent resumed = events.get(events.size() - 1);
        boolean isResume = resumed.to() == RunStatus.RUNNING && resumed.source().equals("resume");
        boolean isVerdict = verdict.to() != null && verdict.to() != RunStatus.RUNNING;
        return isResume && isVerdict && condition.test(verdict, resumed) ? verdict.to() : null;
    }

    private static boolean isByAProgram(StatusEvent verdict) {
        return verdict.source().equals("api")
                && (verdict.to() == RunStatus.COMPLETED || verdict.to() == RunStatus.FAILED);
    }

    private static boolean isYounger(@Nullable Instant ended, @Nullable Instant resumed, Instant born, Instant now) {
        return ended != null
                && resumed != null
                && ended.isAfter(born)
                && Duration.between(ended, resumed).compareTo(Duration.between(born, now)) < 0;
    }
}
