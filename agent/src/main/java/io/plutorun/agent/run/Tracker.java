package io.plutorun.agent.run;

import io.plutorun.agent.call.CompletionStages;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.describe.ProcFiles;
import io.plutorun.agent.describe.SystemDescription;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.run.OpenRuns.Entered;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.OnError;
import io.plutorun.agent.settings.Options.Scope;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.UnusableException;
import io.plutorun.agent.shutdown.ExitWatch;
import io.plutorun.agent.shutdown.JvmEnd;
import io.plutorun.agent.shutdown.JvmShutdown;
import io.plutorun.agent.shutdown.MemoryReserve;
import io.plutorun.agent.spec.Specification;
import io.plutorun.agent.spec.Specifications;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The front door of the core: a tracked method is entered, returns, throws. Called on the program's threads; nothing here throws into
 * the program, and only {@link #enter} waits, for no longer than the start time-out.
 */
public final class Tracker {

    private final TrackedMethods methods;
    private final Settings settings;
    private final Redactor redactor;
    private final Console console;
    private final ExitWatch exits;
    private final Specifications specifications;
    private final OpenRuns openRuns = new OpenRuns();
    private final FailureWarmup warmup = new FailureWarmup();
    private final boolean failOnError;
    private final UntrackedJvm untrackedJvm;

    private @Nullable Session session;
    private @Nullable String sessionProblem;
    private boolean sessionProblemTold;
    private volatile @Nullable JvmShutdown shutdown;
    private volatile @Nullable MemoryReserve memoryReserve;

    private final Object processRunLock = new Object();

    /** The run that lasts until the JVM's end, where the settings want one. */
    private @Nullable ActiveRun processRun;

    /**
     * Makes the core; it opens nothing before {@link #enter}.
     *
     * @param exits what hears of the JVM's end
     * @param properties the JVM's system properties, which tell whether it is a bystander
     */
    public Tracker(
            TrackedMethods methods,
            Settings settings,
            Redactor redactor,
            Console console,
            ExitWatch exits,
            UnaryOperator<@Nullable String> properties) {
        this.methods = methods;
        this.settings = settings;
        this.redactor = redactor;
        this.console = console;
        this.exits = exits;
        this.specifications = new Specifications(
                settings, redactor, new MachineDescription(redactor)::get, System::getenv, this::journals);
        this.failOnError = settings.get(Options.ON_ERROR) == OnError.FAIL;
        this.untrackedJvm = new UntrackedJvm(settings, properties, console);
    }

    /**
     * A tracked method is about to execute.
     *
     * @param number as {@link TrackedMethods#register} gave it
     * @param around the tracked call that this one is inside of, on the same thread; null for none. Only a method that opens a run of its
     *     own gets here inside of one
     * @param arguments the call's arguments
     * @return the call, for {@link #returned} or {@link #threw}; or a String: the method must not start, and why
     */
    public Object enter(int number, @Nullable Object around, Object[] arguments) {
        Instant at = Instant.now();
        TrackedMethod method = methods.get(number);
        try {
            if (untrackedJvm.keepsUntracked(method)) {
                return Call.UNTRACKED;
            }
            return open(method, Optional.ofNullable((Call) around).map(Call::run), arguments, at);
        } catch (UnusableException e) {
            return withoutSession(method, e.why());
        } catch (UntrackableException e) {
            return untracked(method, e.kind(method), e.why());
        } catch (RuntimeException e) {
            return untracked(method, "fault", "the agent failed (" + e + "), please report this");
        } finally {
            settings.takeWarnings().forEach(console::warn);
        }
    }

    /** The method of a call returned; what is an object is given as its result. */
    public void returned(Object call, @Nullable Object result) {
        Call ended = (Call) call;
        ended.left();
        ActiveRun run = ended.decides();
        if (run == null) {
            return;
        }
        run.awaitStage(ended.returnsStage());
        if (!ended.returnsStage() || !CompletionStages.follow(result, thrown -> end(run, ofStage(thrown)))) {
            end(run, new Verdict.Completed());
        }
    }

    private static Verdict ofStage(@Nullable Throwable thrown) {
        if (thrown == null) {
            return new Verdict.Completed();
        }
        return thrown instanceof CancellationException
                ? new Verdict.Terminated(Map.of("reason", "the stage that the method returned was cancelled"))
                : Verdict.Failed.of(thrown);
    }

    /** The method of a call threw. There may be hardly any memory or stack left, so that first of all is seen to which must not fail. */
    public void threw(Object call, Throwable thrown) {
        Call ended = (Call) call;
        ActiveRun run = ended.decides();
        makeRoom(call, thrown);
        ended.left();
        if (run != null) {
            end(run, Verdict.Failed.of(thrown));
        }
    }

    /** Where the method ran out of memory, gives some back, before anything else is done about it. Makes no object. */
    public void makeRoom(Object call, Throwable thrown) {
        ActiveRun run = ((Call) call).decides();
        MemoryReserve kept = memoryReserve;
        if (run != null && kept != null && kept.releasedFor(thrown)) {
            run.ranOut(thrown);
        }
    }

    /** The call whose run is meant by a thread that is in no tracked call: one of the only run's; null when there is no such thing. */
    public @Nullable Object sole() {
        return openRuns.sole().map(Call::seeing).orElse(null);
    }

    /** The JVM is about to halt. */
    public void halting(int status) {
        JvmShutdown ends = shutdown;
        if (ends != null) {
            ends.halting(status);
        }
    }

    private void end(ActiveRun run, Verdict verdict) {
        if (run.isOfTheProcess()) {
            run.note(verdict);
            return;
        }
        JvmShutdown ends = shutdown;
        // In a JVM that a signal or an exit is ending, that is why the call ended, be it that the program's own hooks
        // have stopped it.
        run.end(Optional.ofNullable(ends)
                .flatMap(JvmShutdown::underWay)
                .map(end -> CutOffVerdict.of(end, run))
                .orElse(verdict));
        openRuns.remove(run);
    }

    private Object open(TrackedMethod method, Optional<ActiveRun> around, Object[] arguments, Instant at)
            throws UnusableException, UntrackableException {
        Session open = session();
        Entered entered = settings.get(Options.SCOPE) == Scope.PROCESS
                ? enterProcessRun(open, method, arguments, at)
                : enterRun(open, method, around, arguments, at);
        ActiveRun run = entered.run();
        exits.begin();
        if (run instanceof ServerRun serverRun) {
            Session.Online online = (Session.Online) open;
            return entered.isNew() ? await(serverRun, online) : join(serverRun, method, online);
        }
        if (!entered.isNew()) {
            return Call.joining(run, method);
        }
        ((RecordedRun) run).begun();
        warmup.once(run);
        return Call.opening(run);
    }

    /** The first call opens the run of the process, all others belong to it. */
    private Entered enterProcessRun(Session open, TrackedMethod method, Object[] arguments, Instant at)
            throws UntrackableException {
        synchronized (processRunLock) {
            if (processRun != null) {
                return new Entered(processRun, false);
            }
            Entered entered = enterRun(open, method, Optional.empty(), arguments, at);
            entered.run().lastUntilTheJvmEnds();
            processRun = entered.run();
            return entered;
        }
    }

    private Entered enterRun(
            Session open, TrackedMethod method, Optional<ActiveRun> around, Object[] arguments, Instant at)
            throws UntrackableException {
        int most = settings.get(Options.MAX_RUNS);
        if (openRuns(open) >= most) {
            throw new UntrackableException(
                    "max.runs", most + " runs are open already; raise PLUTO_MAX_RUNS if that is meant");
        }
        if (JvmEnd.hasBegun()) {
            throw new UntrackableException("ending", "the JVM is ending");
        }
        Specification specification = specifications.of(method, around.map(ActiveRun::label), arguments, at);
        specification.warnings().forEach(warning -> console.warn(method.label() + ": " + warning));
        Entered entered = openRuns.enter(
                        specification,
                        () -> open instanceof Session.Online online
                                ? new ServerRun(specification, online, console, warmup)
                                : new RecordedRun(specification, (Session.Recording) open, console))
                .orElseThrow(() -> new UntrackableException("ending", "the JVM is ending"));
        if (entered.isNew()) {
            entered.run().journal().append(specification.start());
        }
        return entered;
    }

    /** Waits for the run's start as the call that opened it does; what comes of it is that one's to tell. */
    private Object join(ServerRun run, TrackedMethod method, Session.Online open) {
        boolean started = run.isStarted()
                || (!open.delivery().isServerAway()
                        && run.awaitStart(settings.get(Options.START_TIMEOUT))
                        && run.refusal() == null);
        if (failOnError && !started) {
            return "pluto: " + method.label() + " does not start: its run, which another call opened, has not started";
        }
        return run.refusal() == null ? Call.joining(run, method) : Call.UNTRACKED;
    }

    private int openRuns(Session open) {
        return open instanceof Session.Online online ? online.delivery().openRuns() : openRuns.size();
    }

    /** Waits for the run's start, and decides what becomes of the call. */
    private Object await(ServerRun run, Session.Online open) {
        Messages messages = open.messages();
        Duration timeout = settings.get(Options.START_TIMEOUT);
        String kind;
        String problem;
        if (open.delivery().isServerAway()) {
            kind = "away";
            problem = messages.stillAway();
        } else if (!run.awaitStart(timeout)) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (!interrupted) {
                open.delivery().serverIsAway(timeout);
            }
            kind = "late";
            problem = interrupted ? messages.interrupted() : messages.late(timeout, run.lastFailure());
        } else {
            kind = "refused"; // has been told where the answer came in
            problem = run.refusal();
        }
        if (problem == null) {
            return Call.opening(run);
        }
        String label = run.specification().method().label();
        if (failOnError) {
            forget(run);
            run.abandon();
            return "pluto: " + redactor.text(label + " does not start: " + problem);
        }
        if (!kind.equals("refused")) {
            run.startIsLate();
            console.errorCounted(kind, label + " starts without its run: " + problem + "; the agent goes on trying");
        }
        return Call.opening(run);
    }

    private void forget(ActiveRun run) {
        openRuns.remove(run);
        synchronized (processRunLock) {
            processRun = processRun == run ? null : processRun;
        }
    }

    private Object untracked(TrackedMethod method, String kind, String why) {
        String line = method.label() + (failOnError ? " does not start: " : " runs untracked: ") + why;
        if (failOnError) {
            return "pluto: " + redactor.text(line);
        }
        console.errorCounted(kind, line);
        return Call.UNTRACKED;
    }

    /** Where the journals lie; null where they can't be written. Asked when there is a session. */
    private @Nullable Path journals() {
        Session open;
        synchronized (this) {
            open = session;
        }
        return open == null ? null : open.store().folder();
    }

    /** No call of this process can be tracked; saying so once is enough. */
    private Object withoutSession(TrackedMethod method, String why) {
        synchronized (this) {
            if (sessionProblemTold && !failOnError) {
                return Call.UNTRACKED;
            }
            sessionProblemTold = true;
        }
        return untracked(method, "session", why);
    }

    private synchronized Session session() throws UnusableException {
        if (sessionProblem != null) {
            throw new UnusableException(sessionProblem);
        }
        if (session == null) {
            try {
                session = Session.open(settings, redactor, console);
            } catch (UnusableException e) {
                sessionProblem = e.why();
                throw e;
            }
            MemoryReserve kept = new MemoryReserve(Runtime.getRuntime().maxMemory());
            kept.releasedFor(
                    new Exception()); // so that no class has to be looked up when it matters: that takes memory
            memoryReserve = kept;
            JvmShutdown ends = new JvmShutdown(
                    exits, new RunsAtJvmEnd(openRuns, session, console), settings.get(Options.SHUTDOWN_TIMEOUT));
            ends.register();
            shutdown = ends;
        }
        return session;
    }

    /** What the machine is like does not change; it is found out once, when the first run begins. */
    private static final class MachineDescription {

        private final Redactor redactor;
        private @Nullable Map<String, @Nullable Object> description;

        MachineDescription(Redactor redactor) {
            this.redactor = redactor;
        }

        synchronized Map<String, @Nullable Object> get() {
            if (description == null) {
                description = new SystemDescription(new ProcFiles(Path.of("/")), redactor).describe();
            }
            return description;
        }
    }
}
