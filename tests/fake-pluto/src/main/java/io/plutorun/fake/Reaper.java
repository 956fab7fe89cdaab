package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The job that declares silent runs FAILED. On the real server it runs every 60 s; here, when it is told to. */
final class Reaper {

    /** How long a run that has sent a heartbeat may be silent. */
    private static final Duration HEARTBEAT_GRACE = Duration.ofSeconds(150);

    /** How long a run that has never sent a heartbeat may be silent. */
    private static final Duration GRACE_WITHOUT_HEARTBEAT = Duration.ofMinutes(30);

    /** The server takes a longer silence (16,384 days) for a mistake in the times, and leaves the run alone. */
    private static final Duration IMPLAUSIBLE_SILENCE = Duration.ofDays(16_384);

    private final RunTable table;
    private final TestClock clock;
    /** Since when this job runs: it judges no heartbeat before {@link #HEARTBEAT_GRACE} is over, since it could not hear any until then. */
    private final Instant startedAt;

    Reaper(RunTable table, TestClock clock) {
        this.table = table;
        this.clock = clock;
        this.startedAt = clock.now();
    }

    /**
     * Looks at every running run once, and sets the silent ones FAILED.
     *
     * @return how many runs were set FAILED
     * @throws IllegalStateException when the loggerSettings of a running run have the wrong shape. On the real server, too, one such run
     *     makes the sweep fail for the runs of all organizations
     */
    int sweep() {
        return table.locked(() -> {
            Instant now = clock.now();
            List<RunRow> running = new ArrayList<>(table.rows());
            running.removeIf(run -> run.status != RunStatus.RUNNING);
            running.forEach(Reaper::checkTriggers);
            int failed = 0;
            for (RunRow run : running) {
                if (run.lastSeen == null) {
                    Instant activity = run.lastMetric == null ? run.updatedAt : run.lastMetric;
                    failed += failIfSilent(
                            run, newest(activity, run.statusUpdated), GRACE_WITHOUT_HEARTBEAT, "stale", now);
                } else if (Duration.between(startedAt, now).compareTo(HEARTBEAT_GRACE) >= 0) {
                    Instant activity = newest(newest(run.lastSeen, run.lastMetric), run.statusUpdated);
                    failed += failIfSilent(run, activity, HEARTBEAT_GRACE, "heartbeat-timeout", now);
                }
            }
            return failed;
        });
    }

    private int failIfSilent(RunRow run, Instant lastActivity, Duration grace, String reason, Instant now) {
        Duration silence = Duration.between(lastActivity, now);
        if (silence.compareTo(grace) <= 0 || silence.compareTo(IMPLAUSIBLE_SILENCE) > 0) {
            return 0;
        }
        JsonNode metadata = Json.object().put("reason", reason).put("grace_seconds", grace.toSeconds());
        run.statusMetadata = metadata;
        table.transition(run, RunStatus.FAILED, "stale-monitor", metadata, null, null);
        return 1;
    }

    /** The server reads {@code loggerSettings.trigger} of every running run, and its sweep fails where the shape is wrong. */
    private static void checkTriggers(RunRow run) {
        JsonNode settings = run.loggerSettings;
        JsonNode trigger = settings.get("trigger");
        boolean broken = !settings.isNull() && !settings.isObject();
        if (trigger != null && !trigger.isNull()) {
            broken |= !trigger.isObject();
            for (JsonNode rule : trigger) {
                broken |= !rule.isObject();
            }
        }
        if (broken) {
            throw new IllegalStateException(
                    "the sweep failed for everybody: loggerSettings of run " + run.displayId() + " are " + settings);
        }
    }

    private static Instant newest(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }
}
