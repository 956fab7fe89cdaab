package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.current.JoinableRuns;
import io.plutorun.agent.current.JoinedRun;
import io.plutorun.agent.current.RunAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * The runs that an executor works for. A run is joined when its first task is met, and left when a task of another run is, so that no
 * executor holds more than it works for.
 *
 * <p>Joining and leaving write to the disk, which may hang. Both are done on threads of the agent with no lock held, and a task waits for
 * them for a bounded time.
 */
final class JoinedRuns {

    /** The disk has less to answer, see {@code journal}; the rest is for an engine whose classes are being loaded. */
    static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final JoinableRuns joinable;
    private final ThreadFactory threads;
    private final Duration maxWait;
    private final Map<RunAddress, Membership> known = new ConcurrentHashMap<>();

    /**
     * Makes it; no run is joined.
     *
     * @param threads makes a thread each time that a run is joined
     * @param maxWait how long the tasks of a run wait until it is joined
     */
    JoinedRuns(JoinableRuns joinable, ThreadFactory threads, Duration maxWait) {
        this.joinable = joinable;
        this.threads = threads;
        this.maxWait = maxWait;
    }

    /**
     * What the executor has to do with a run, which is joined if it is not.
     *
     * @param worker what the executor is called among the processes of the run
     */
    Membership of(RunAddress address, String worker) {
        Membership there = known.get(address);
        if (there != null) {
            return there;
        }
        Membership fresh = new Membership(maxWait);
        there = known.putIfAbsent(address, fresh);
        if (there != null) {
            return there;
        }
        begin(address, worker, fresh);
        return fresh;
    }

    /** A thread begins to execute a task of a run. Waits until the run is joined, so that its first values are kept. */
    void entered(RunAddress address, String worker, Thread thread) {
        Membership member = of(address, worker);
        while (!member.entered(thread)) { // it is left at this moment: the run is joined anew
            known.remove(address, member);
            member = of(address, worker);
        }
        if (member.beginAgain(maxWait)) {
            begin(address, worker, member);
        }
        var unused = member.run();
    }

    /** A thread has executed a task of a run. */
    void left(RunAddress address, Thread thread) {
        Membership member = known.get(address);
        if (member != null) {
            member.left(thread);
        }
    }

    private void begin(RunAddress address, String worker, Membership member) {
        boolean begun = false;
        try {
            threads.newThread(() -> join(address, worker, member)).start();
            begun = true;
        } finally {
            if (!begun) { // no thread is to be had
                member.joined(null);
            }
        }
    }

    private void join(RunAddress address, String worker, Membership member) {
        JoinedRun run = null;
        try {
            joinable.prepare();
            known.forEach(this::leaveIfIdle);
            run = joinable.join(address, worker);
        } catch (Throwable e) { // the driver has the history when the fit ends
            run = null;
        } finally {
            member.joined(run);
        }
    }

    private void leaveIfIdle(RunAddress address, Membership member) {
        if (member.leaveIfIdle()) {
            known.remove(address, member);
            member.leave();
        }
    }
}
