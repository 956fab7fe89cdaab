package io.plutorun.agent.heartbeat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.send.AnswerRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat service as all runs see it. While it is away, one beat an interval asks whether it is back, so that a hundred runs do not
 * each wait for a time-out, one after the other. An answer about one run, good or bad, means that it is there.
 *
 * <p>The object's own lock is not held while a request is made or the listener is called.
 */
final class HeartbeatService {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** So many failures in a row are told: one beat that a busy machine answers late harms no run. */
    private static final int WORTH_TELLING = 2;

    private final PlutoApi api;
    private final HeartbeatListener listener;
    private final Duration interval;
    private final Duration keepAliveInterval;
    private final Set<String> refusalsTold = new HashSet<>();
    private int failures;
    private long firstFailureNanos;
    private long nextTryNanos;

    HeartbeatService(PlutoApi api, HeartbeatListener listener, Duration interval, Duration keepAliveInterval) {
        this.api = api;
        this.listener = listener;
        this.interval = interval;
        this.keepAliveInterval = keepAliveInterval;
    }

    /** Whether there is one. */
    boolean isKnown() {
        return api.canBeat();
    }

    /** Beats for a run; null when the service has just failed to answer for another one. */
    @Nullable
    Outcome<RunStatus> beat(StartedRun run) {
        if (!mayTry()) {
            return null;
        }
        Outcome<RunStatus> outcome = api.beat(run.runId(), TIMEOUT);
        if (AnswerRule.isAway(outcome)) {
            int count = failed();
            if (count >= WORTH_TELLING && Integer.bitCount(count) == 1) {
                listener.doesNotAnswer(run, outcome.words());
            }
        } else {
            int before = answered();
            if (before >= WORTH_TELLING) {
                listener.answersAgain(run, before);
            }
        }
        return outcome;
    }

    /** Tells, once, that the service will not have beats for this reason. */
    void refuses(StartedRun run, String why) {
        boolean isNew;
        synchronized (this) {
            isNew = refusalsTold.add(why);
        }
        if (isNew) {
            listener.beatsAreRefused(run, why);
        }
    }

    private synchronized boolean mayTry() {
        long now = System.nanoTime();
        boolean may = failures == 0 || now - nextTryNanos >= 0;
        nextTryNanos = may ? now + interval.toNanos() : nextTryNanos;
        return may;
    }

    private synchronized int answered() {
        int before = failures;
        failures = 0;
        return before;
    }

    private synchronized int failed() {
        long now = System.nanoTime();
        firstFailureNanos = failures == 0 ? now : firstFailureNanos;
        nextTryNanos = now + interval.toNanos();
        return ++failures;
    }

    /** Whether it has been away for so long that runs must be kept alive otherwise. */
    synchronized boolean isSilent() {
        return failures > 0 && System.nanoTime() - firstFailureNanos >= keepAliveInterval.toNanos();
    }
}
