package io.plutorun.agent.run;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.JoinedRun;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.run.ActiveRun.Lifetime;
import io.plutorun.agent.run.OpenRuns.Entered;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Scope;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.shutdown.ExitWatch;
import io.plutorun.agent.shutdown.JvmEnd;
import io.plutorun.agent.shutdown.JvmShutdown;
import io.plutorun.agent.shutdown.MemoryReserve;
import io.plutorun.agent.spec.Specification;
import io.plutorun.agent.spec.Specifications;
import io.plutorun.agent.sweep.Sweeps;
import io.plutorun.agent.sweep.Trial;
import io.plutorun.agent.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How calls get their runs, and what ends them: all that exists from the first tracked call on. It is made whole, or not at all. */
public final class Tracking {

    /** The thread that calls {@code main} is the first of its group: its number is 1, and 3 since Java 24; the JVM's own have another group. */
    private static final long MAX_MAIN_THREAD = 3;

    private static final String MAIN_GROUP = "main";

    private final Session session;
    private final Specifications specifications;
    private final Sweeps sweeps;
    private final ExitWatch exits;
    private final Console console;
    private final Scope scope;
    private final Duration startTimeout;
    private final OpenRuns openRuns;
    private final ProcessRun processRun = new ProcessRun();
    private final CallStart starts;
    private final MemoryReserve memoryReserve;
    private final JvmShutdown shutdown;

    /** Makes the tracking, and registers it for the JVM's end. */
    public Tracking(
            Session session,
            Specifications specifications,
            Sweeps sweeps,
            Settings settings,
            UntrackedCalls untracked,
            Console console,
            ExitWatch exits,
            MemoryReserve memoryReserve) {
        this.session = session;
        this.specifications = specifications;
        this.sweeps = sweeps;
        this.exits = exits;
        this.console = console;
        this.scope = settings.get(Options.SCOPE);
        this.startTimeout = settings.get(Options.START_TIMEOUT);
        this.openRuns = new OpenRuns(settings.get(Options.MAX_RUNS), session::undeliveredRuns);
        this.starts = new CallStart(session, startTimeout, untracked, console, this::giveUp);
        this.memoryReserve = memoryReserve;
        this.shutdown = new JvmShutdown(
                exits, new RunsAtJvmEnd(openRuns, session, console), settings.get(Options.SHUTDOWN_TIMEOUT));
        shutdown.register(); // the last: only what is whole is told of the JVM's end
    }

    /**
     * Gives a call its run, and waits for the run's start.
     *
     * @param around the run that is going on around the call
     * @return the call for the bridge, or the text with which the method is kept from starting
     * @throws UntrackableException when the call can't have one
     */
    Object enter(TrackedMethod method, Optional<ActiveRun> around, Object[] arguments, Instant at)
            throws UntrackableException {
        if (scope == Scope.PROCESS || processRun.isMeant()) {
            return enterProcess(method, arguments, at);
        }
        Entered entered = run(method, around, arguments, at, Lifetime.CALL);
        exits.begin();
        return started(entered, method);
    }

    /** Gives a call the run that lasts until the JVM's end; the first one opens it. */
    Object enterProcess(TrackedMethod method, Object[] arguments, Instant at) throws UntrackableException {
        Entered entered =
                processRun.enter(() -> run(method, Optional.empty(), arguments, at, Lifetime.PROCESS), startTimeout);
        exits.begin();
        exits.beginWithThreads();
        return started(entered, method);
    }

    private Object started(Entered entered, TrackedMethod method) {
        Object call = entered.isNew() ? opened(entered.run()) : starts.joined(entered.run(), method);
        memoryReserve.begin(); // behind the wait for the start, which so is the shorter
        return call;
    }

    private Object opened(ActiveRun run) {
        try {
            return starts.opened(run);
        } catch (Throwable e) { // the call will not end the run, so nobody would
            giveUp(run, Verdict.NotStarted.byFault());
            throw e;
        }
    }

    private Entered run(
            TrackedMethod method, Optional<ActiveRun> around, Object[] arguments, Instant at, Lifetime lifetime)
            throws UntrackableException {
        openRuns.mustHaveRoom(); // before an id is spent on it
        if (JvmEnd.hasBegun()) {
            throw new UntrackableException("ending", "the JVM is ending");
        }
        Specification specification = specifications.of(method, around.map(ActiveRun::label), arguments, at);
        specification.warnings().forEach(warning -> console.warn(method.label() + ": " + warning));
        Trial trial;
        Entered entered;
        boolean isNew = false;
        try {
            Trial asked = sweeps.enter(specification);
            trial = asked;
            entered = openRuns.enter(asked.specification(), () -> newRun(asked.specification(), lifetime));
            isNew = entered.isNew();
        } finally {
            if (!isNew) {
                specification.leaveState();
            }
        }
        if (entered.isNew()) {
            begin(entered.run());
            RunJournal journal = entered.run().journal();
            if (journal != null) {
                trial.opened(journal, entered.run()::startedRun);
            }
        }
        return entered;
    }

    /**
     * The run of the process that started this one is the run of all calls: they add to it, and do not end it. It is joined by {@link
     * #joinParents}, or by a call that comes before.
     */
    public void belongTo(RunAddress parents, String worker, Instant at) {
        processRun.isOfParent(() -> new Entered(joined(parents, worker, at, Lifetime.PROCESS), false));
    }

    /** Joins the run of the process that started this one, if this one belongs to it. May wait for the disk, for a bounded time. */
    public void joinParents() {
        try {
            processRun.join(startTimeout);
        } catch (UntrackableException e) {
            console.error("nothing is added to the run of the process that started this one: " + e.why());
        }
    }

    /** Joins a run of another process; see {@link JoinedRun}. Its start is not waited for. */
    JoinedRun join(RunAddress address, String worker, Instant at) throws UntrackableException {
        ActiveRun run = joined(address, worker, at, Lifetime.CALL);
        CurrentRun open = run.current();
        if (open == null) {
            throw new UntrackableException("joining", "its values can't be kept");
        }
        return new Joined(run, open);
    }

    private ActiveRun joined(RunAddress address, String worker, Instant at, Lifetime lifetime)
            throws UntrackableException {
        Specification specification =
                Specification.ofWorker(worker, at, address.runId(), address.project(), address.externalId());
        ActiveRun run = openRuns.enter(specification, () -> newRun(specification, lifetime))
                .run();
        begin(run);
        memoryReserve.begin();
        if (run instanceof RecordedRun recorded) {
            recorded.tell();
        }
        return run;
    }

    /** A run of another process. */
    private final class Joined implements JoinedRun {
        private final ActiveRun joined;
        private final CurrentRun seen;

        Joined(ActiveRun joined, CurrentRun seen) {
            this.joined = joined;
            this.seen = seen;
        }

        @Override
        public CurrentRun run() {
            return seen;
        }

        @Override
        public void entered(Thread thread) {
            joined.callEntered(thread);
        }

        @Override
        public void left(Thread thread) {
            joined.callLeft(thread);
        }

        @Override
        public void end() {
            joined.end(new Verdict.Completed());
            openRuns.remove(joined);
        }
    }

    private ActiveRun newRun(Specification specification, Lifetime lifetime) {
        return session instanceof Session.Online online
                ? new ServerRun(specification, lifetime, online, console)
                : new RecordedRun(specification, lifetime, (Session.Recording) session, console);
    }

    private void begin(ActiveRun run) {
        Runnable counted = openRuns.begun();
        boolean begun = false;
        try {
            run.begin(counted);
            CurrentRun open = run.current();
            if (open != null && !run.specification().isOfWorker()) {
                session.listeners().opened(open);
            }
            begun = true;
        } finally {
            counted.run();
            if (!begun) {
                giveUp(run, Verdict.NotStarted.byFault());
                run.specification().leaveState(); // it may have come to no journal, and so to no end
            }
        }
    }

    /** A call that decides its run's verdict is over. */
    void ended(ActiveRun run, Verdict verdict) {
        if (run.isOfTheProcess()) {
            run.outcome().callEnded(verdict);
            return;
        }
        // In a JVM that a signal or an exit is ending, that is why the call ended, be it that the program's own hooks
        // have stopped it.
        run.end(shutdown.underWay().map(end -> RunsAtJvmEnd.verdict(end, run)).orElse(verdict));
        openRuns.remove(run);
    }

    /** A run whose method does not start, or not with it. */
    private void giveUp(ActiveRun run, Verdict verdict) {
        processRun.forget(run);
        run.end(verdict);
        openRuns.remove(run);
    }

    /** A thread dies of an exception. If it is the main thread, that is what the process ends with. */
    void dying(Thread thread, Throwable thrown) {
        ActiveRun run = processRun.run();
        if (run != null && isMain(thread)) {
            run.outcome().mainThreadDied(Verdict.Failed.ofMainThread(thrown));
        }
    }

    private static boolean isMain(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return thread.getId() <= MAX_MAIN_THREAD
                && group != null
                && group.getName().equals(MAIN_GROUP);
    }

    /** Gives memory free if the JVM is short of it. Makes no object. */
    boolean releaseMemoryFor(Throwable thrown) {
        return memoryReserve.releasedFor(thrown);
    }

    /** The call of the only run there is; null for none. Takes no lock, and makes no object. */
    @Nullable
    Call sole() {
        return openRuns.sole();
    }

    /** A thread that belongs to no single run has logged a value. Takes no lock, and makes no object. */
    void loggedWithoutRun() {
        openRuns.loggedWithoutRun();
    }

    /** The JVM is about to halt. */
    void halting(int status) {
        shutdown.halting(status);
    }
}
