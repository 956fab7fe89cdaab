package io.plutorun.agent.run;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.verdict.Verdict;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The start of a call whose run has been recorded: it waits for the server's answer, bounded, and then decides what becomes of the call.
 * Holds no lock while it waits.
 */
final class CallStart {

    private final Session session;
    private final Duration timeout;
    private final UntrackedCalls untracked;
    private final Console console;
    private final BiConsumer<ActiveRun, Verdict> giveUp;

    /**
     * Makes the start of calls for one session.
     *
     * @param timeout how long a call waits for its run
     * @param giveUp ends a run whose method does not start
     */
    CallStart(
            Session session,
            Duration timeout,
            UntrackedCalls untracked,
            Console console,
            BiConsumer<ActiveRun, Verdict> giveUp) {
        this.session = session;
        this.timeout = timeout;
        this.untracked = untracked;
        this.console = console;
        this.giveUp = giveUp;
    }

    /** The call that opened a run: the call for the bridge, or the text with which the method is kept from starting. */
    Object opened(ActiveRun run) {
        return session instanceof Session.Online online ? sent((ServerRun) run, online) : recorded((RecordedRun) run);
    }

    /** A call that joins a run which another call opened; what comes of the run is that one's to tell. */
    Object joined(ActiveRun run, TrackedMethod method) {
        if (!(session instanceof Session.Online online)) {
            return Call.joining(run, method);
        }
        RunStart start = ((ServerRun) run).start();
        boolean started = start.run() != null
                || (!online.delivery().isServerAway() && start.await(timeout) && start.refusal() == null);
        if (untracked.mustNotStart() && !started) {
            return untracked.notStarted(method, "its run, which another call opened, has not started");
        }
        return start.refusal() == null ? Call.joining(run, method) : Call.UNTRACKED;
    }

    private Object recorded(RecordedRun run) {
        if (run.path() == null && untracked.mustNotStart()) {
            giveUp.accept(run, Verdict.NotStarted.inTime());
            return untracked.notStarted(run.specification().method(), run.whyNotRecorded());
        }
        run.tell();
        return Call.opening(run);
    }

    private Object sent(ServerRun run, Session.Online online) {
        Problem problem = problem(run.start(), online);
        if (problem == null) {
            return Call.opening(run);
        }
        TrackedMethod method = run.specification().method();
        if (untracked.mustNotStart()) {
            giveUp.accept(run, Verdict.NotStarted.inTime());
            return untracked.notStarted(method, problem.why());
        }
        if (!problem.told()) {
            run.start().isLate();
            console.errorCounted(
                    problem.kind(),
                    method.label() + " starts without its run: " + problem.why() + "; the agent goes on trying");
        }
        return Call.opening(run);
    }

    /**
     * Why a run has not started.
     *
     * @param kind the kind of problem; repeated lines of one kind are counted, see {@link Console#errorCounted}
     * @param told whether a person has been told, where the answer came in
     */
    private record Problem(String kind, String why, boolean told) {}

    private @Nullable Problem problem(RunStart start, Session.Online online) {
        Messages messages = online.messages();
        if (online.delivery().isServerAway()) {
            return new Problem("away", messages.stillAway(), false);
        }
        if (start.await(timeout)) {
            String refusal = start.refusal();
            return refusal == null ? null : new Problem("refused", refusal, true);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new Problem("late", messages.interrupted(), false);
        }
        online.delivery().serverIsAway(timeout);
        return new Problem("late", messages.late(timeout, start.lastFailure()), false);
    }
}
