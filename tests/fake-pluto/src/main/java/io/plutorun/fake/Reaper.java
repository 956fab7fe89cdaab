package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The job that declares silent runs FAILED. On the real server it runs every 60 s; here, when it is told to. */
final class Reaper {

    private static final Duration HEARTBEAT_GRACE = Duration.ofSeconds(150);
    private static final Duration FALLBACK_GRACE = Duration.ofMinutes(30);
    /** Silence longer than this is taken for a mistake in the times, and the run is left alone. */
    private static final Duration INCREDIBLE = Duration.ofDays(16_384);

    private final RunTable table;
    private final TestClock clock;
    private final Instant startedAt;

    Reaper(RunTable table, TestClock clock) {
        this.table = table;
        this.clock = clock;
        this.startedAt = clock.now();
    }

    /**
     * Judges every running run.
     *
     * @return how many runs were failed
     * @throws IllegalStateException when a running run's loggerSettings break the sweep for everybody, as they do on the server */
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
                    failed += judge(run, newest(activity, run.statusUpdated), FALLBACK_GRACE, "stale", now);
                } else if (Duration.between(startedAt, now).compareTo(HEARTBEAT_GRACE) >= 0) {
                    Instant activity = newest(newest(run.lastSeen, run.lastMetric), run.statusUpdated);
                    failed += judge(run, activity, HEARTBEAT_GRACE, "heartbeat-timeout", now);
                }
            }
            return failed;
        });
    }

    private int judge(RunRow run, Instant lastActivity, Duration grace, String reason, Instant now) {
        Duration silence = Duration.between(lastActivity, now);
        if (silence.compareTo(grace) <= 0 || silence.compareTo(INCREDIBLE) > 0) {
            return 0;
        }
        JsonNode metadata = Json.object().put("reason", reason).put("grace_seconds", grace.toSeconds());
        run.statusMetadata = metadata;
        table.transition(run, RunStatus.FAILED, "stale-monitor", metadata, null, null);
        return 1;
    }

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
