package io.plutorun.agent.run;

import io.plutorun.agent.describe.ProcFiles;
import io.plutorun.agent.describe.SystemDescription;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.AgentThreads;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Mode;
import io.plutorun.agent.settings.Options.OnError;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.UnusableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Specifications specifications;
    private final Set<ActiveRun> active = new LinkedHashSet<>();
    private final boolean failOnError;
    private final UnderTest underTest;

    private @Nullable Session session;
    private @Nullable String sessionProblem;
    private boolean sessionProblemTold;
    private volatile boolean ending;

    /**
     * Makes the core; it opens nothing before {@link #enter}.
     *
     * @param properties the JVM's system properties, which tell whether it runs tests
     */
    public Tracker(
            TrackedMethods methods,
            Settings settings,
            Redactor redactor,
            Console console,
            UnaryOperator<@Nullable String> properties) {
        this.methods = methods;
        this.settings = settings;
        this.redactor = redactor;
        this.console = console;
        this.specifications = new Specifications(settings, redactor, new Described(redactor)::get);
        this.failOnError = settings.get(Options.ON_ERROR) == OnError.FAIL;
        this.underTest = new UnderTest(settings, properties, console);
    }

    /**
     * A tracked method is about to execute.
     *
     * @param number as {@link TrackedMethods#register} gave it
     * @param arguments the call's arguments
     * @return the call, for {@link #returned} or {@link #threw}; or a String: the method must not start, and why
     */
    public Object enter(int number, Object[] arguments) {
        Instant at = Instant.now();
        TrackedMethod method = methods.get(number);
        try {
            if (settings.get(Options.MODE) == Mode.NOOP || underTest.keepsUntracked(method)) {
                return Call.UNTRACKED;
            }
            return open(method, arguments, at);
        } catch (UnusableException e) {
            return withoutSession(method, e.why());
        } catch (UntrackableException e) {
            return untracked(method, method.settingsName(), e.why());
        } catch (RuntimeException e) {
            return untracked(method, "fault", "the agent failed (" + e + "), please report this");
        } finally {
            settings.takeWarnings().forEach(console::warn);
        }
    }

    /** The method of a call returned. */
    public void returned(Object call, @Nullable Object result) {
        end(call, new Verdict.Completed());
    }

    /** The method of a call threw. */
    public void threw(Object call, Throwable thrown) {
        end(call, new Verdict.Failed(thrown));
    }

    private void end(Object call, Verdict verdict) {
        ActiveRun run = ((Call) call).openedRun();
        if (run != null) {
            synchronized (active) {
                active.remove(run);
            }
            run.end(verdict);
        }
    }

    private Object open(TrackedMethod method, Object[] arguments, Instant at)
            throws UnusableException, UntrackableException {
        Session open = session();
        if (openRuns(open) >= settings.get(Options.MAX_RUNS)) {
            return untracked(
                    method,
                    "max.runs",
                    settings.get(Options.MAX_RUNS) + " runs are open already; raise PLUTO_MAX_RUNS if that is meant");
        }
        Specification specification = specifications.of(method, arguments, at);
        specification.warnings().forEach(warning -> console.warn(method.label() + ": " + warning));
        ActiveRun run;
        Optional<ActiveRun> same;
        synchronized (active) {
            if (ending) {
                return untracked(method, "ending", "the JVM is ending");
            }
            same = activeRunOf(specification);
            run = same.orElseGet(() -> open instanceof Session.Online online
                    ? new ServerRun(specification, online, console)
                    : new RecordedRun(specification, (Session.Recording) open, console));
            active.add(run);
        }
        if (same.isEmpty()) {
            run.journal().append(specification.start());
        }
        if (run instanceof ServerRun serverRun) {
            Session.Online online = (Session.Online) open;
            return same.isEmpty() ? await(serverRun, online) : join(serverRun, method, online);
        }
        if (same.isPresent()) {
            return Call.joining(run);
        }
        ((RecordedRun) run).begun();
        return Call.opening(run);
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
        return run.refusal() == null ? Call.joining(run) : Call.UNTRACKED;
    }

    private int openRuns(Session open) {
        if (open instanceof Session.Online online) {
            return online.delivery().openRuns();
        }
        synchronized (active) {
            return active.size();
        }
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
        synchronized (active) {
            active.remove(run);
        }
    }

    /** A run that is going on under the id that this call names: the call is part of it. */
    private Optional<ActiveRun> activeRunOf(Specification specification) {
        if (specification.identity().isEmpty()) {
            return Optional.empty();
        }
        return active.stream()
                .filter(run -> run.specification()
                                .start()
                                .target()
                                .equals(specification.start().target())
                        && run.specification()
                                .start()
                                .project()
                                .equals(specification.start().project()))
                .findFirst();
    }

    private Object untracked(TrackedMethod method, String kind, String why) {
        String line = method.label() + (failOnError ? " does not start: " : " runs untracked: ") + why;
        if (failOnError) {
            return "pluto: " + redactor.text(line);
        }
        console.errorCounted(kind, line);
        return Call.UNTRACKED;
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
            try {
                Runtime.getRuntime().addShutdownHook(new AgentThreads("shutdown").newThread(this::endOfTheJvm));
            } catch (IllegalStateException e) {
                ending = true; // the program's first tracked call comes from a shutdown hook of its own
            }
        }
        return session;
    }

    /** The shutdown hook: gives every open run its verdict, and waits for the deliveries as long as the settings allow. */
    private void endOfTheJvm() {
        List<ActiveRun> unended;
        synchronized (active) {
            ending = true;
            unended = List.copyOf(active);
            active.clear();
        }
        if (!unended.isEmpty()) {
            Verdict verdict = new Verdict.Terminated(JvmEnd.observe());
            unended.forEach(run -> run.end(verdict));
        }
        Session open;
        synchronized (this) {
            open = session;
        }
        if (open instanceof Session.Online last) {
            int undelivered = last.delivery().finish(settings.get(Options.SHUTDOWN_TIMEOUT));
            if (undelivered > 0) {
                console.error(
                        last.messages().undelivered(undelivered, last.store().folder()));
            }
        }
    }

    /** What the machine is like does not change; it is found out once, when the first run begins. */
    private static final class Described {

        private final Redactor redactor;
        private @Nullable Map<String, @Nullable Object> description;

        Described(Redactor redactor) {
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
