package io.plutorun.agent.run;

import io.plutorun.agent.call.CompletionStages;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.TrackedMethod.Attributes;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.JoinableRuns;
import io.plutorun.agent.current.JoinedRun;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.metrics.RunValues;
import io.plutorun.agent.results.ResultValues;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.UnusableSettingsException;
import io.plutorun.agent.spec.UntrackedJvm;
import io.plutorun.agent.values.LoggedKinds;
import io.plutorun.agent.verdict.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door of the core: a tracked method is entered, returns, throws. Called on the program's threads; nothing here throws into
 * the program, and only {@link #enter} waits, for no longer than the start time-out.
 */
public final class Tracker implements JoinableRuns {

    private static final String ADDS_NOTHING = "nothing is added to runs of other processes: ";

    private final TrackedMethods methods;
    private final Settings settings;
    private final Console console;
    private final Clock clock;
    private final UntrackedJvm untrackedJvm;
    private final UntrackedCalls untracked;
    private final FirstCall firstCall;
    private final Supplier<ResultValues> results;

    /**
     * Makes the door; nothing behind it is made before {@link #enter}.
     *
     * @param clock the time of runs
     * @param firstCall makes what is behind it
     * @param results makes what records results
     */
    public Tracker(
            TrackedMethods methods,
            Settings settings,
            Console console,
            Clock clock,
            UntrackedJvm untrackedJvm,
            UntrackedCalls untracked,
            FirstCall firstCall,
            Supplier<ResultValues> results) {
        this.methods = methods;
        this.settings = settings;
        this.console = console;
        this.clock = clock;
        this.untrackedJvm = untrackedJvm;
        this.untracked = untracked;
        this.firstCall = firstCall;
        this.results = results;
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
        Instant at = clock.instant();
        Optional<ActiveRun> outer = Optional.ofNullable((Call) around).map(Call::run);
        TrackedMethod method = methods.get(number);
        return enter(method, tracking -> tracking.enter(method, outer, arguments, at));
    }

    /**
     * A training of a known framework begins in a thread that has no run. If no method is tracked, a run of the process is opened for it.
     *
     * @param program what the run is named after: the binary name of the main class, or what trains
     */
    public void trainingBegins(String program) {
        if (methods.isEmpty()) {
            Instant at = clock.instant();
            TrackedMethod main =
                    new TrackedMethod(program, "main", Attributes.NONE, List.of(), false).asMainOf(program);
            Object entered = enter(main, tracking -> tracking.enterProcess(main, new Object[0], at));
            if (entered instanceof String why) {
                console.warn(
                        "a training begins without a run, which PLUTO_ON_ERROR=fail can't keep it from (" + why + ")");
            }
        }
    }

    /** How a call gets its run. */
    private interface Entering {
        Object enter(Tracking tracking) throws UntrackableException;
    }

    private Object enter(TrackedMethod method, Entering entering) {
        try {
            return untrackedJvm.keepsUntracked(method) ? Call.UNTRACKED : entering.enter(firstCall.tracking());
        } catch (UnusableSettingsException e) {
            tellWarnings(); // first: a value that is left out may be why
            return untracked.allUntracked(method, e.why());
        } catch (UntrackableException e) {
            return untracked.untracked(method, e.kind(method), e.why());
        } catch (Throwable e) { // also of the program's own code, which its arguments are asked for their values with
            return untracked.fault(method, e);
        } finally {
            tellWarnings();
        }
    }

    private void tellWarnings() {
        settings.takeWarnings().forEach(console::warn);
    }

    /** Whether a tracked call of this JVM has meant a run. */
    public boolean hasMeantRuns() {
        return firstCall.ifMade() != null;
    }

    /** What {@link #enter} returns where it could not be called, or failed. Makes no object. */
    public Object entryFailed() {
        return untracked.fault();
    }

    /** A call to which nothing is logged. */
    public Object callWithoutRun() {
        return Call.UNTRACKED;
    }

    /** The method of a call returned; what is an object is given as its result. */
    public void returned(Object call, @Nullable Object result) {
        Call ended = (Call) call;
        ended.left();
        ActiveRun run = ended.decides();
        if (run == null) {
            return;
        }
        if (ended.returnsStage()) {
            run.awaitStage();
        }
        if (!ended.returnsStage()
                || !CompletionStages.follow(result, (value, thrown) -> stageEnded(ended, run, value, thrown))) {
            record(ended, run, result);
            end(run, new Verdict.Completed());
        }
    }

    private void stageEnded(Call call, ActiveRun run, @Nullable Object value, @Nullable Throwable thrown) {
        if (thrown == null) {
            record(call, run, value);
        }
        end(run, ofStage(thrown));
    }

    /** Records what a call's method has returned, if that is wanted. */
    private void record(Call call, ActiveRun run, @Nullable Object result) {
        String whyNot = run.specification().recordsResult() ? results.get().record(result, call.values()) : null;
        if (whyNot != null) {
            console.warn(run.specification().method().label() + ": recordResult: " + whyNot);
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

    /** The method of a call threw. There may be hardly any memory or stack left: {@link #releaseMemory} has been called before. */
    public void threw(Object call, Throwable thrown) {
        Call ended = (Call) call;
        ActiveRun run = ended.decides();
        try {
            if (run != null) { // while the thread is known to execute it: what it does is recorded
                end(run, Verdict.Failed.of(thrown));
            }
        } finally {
            ended.left();
        }
    }

    /** Where a method ran out of memory or stack, gives some memory back, before anything else is done about it. Makes no object. */
    public void releaseMemory(Object call, Throwable thrown) {
        ActiveRun run = ((Call) call).decides();
        Tracking tracking = firstCall.ifMade();
        if (run != null && tracking != null && tracking.releaseMemoryFor(thrown)) {
            run.ranOutOfMemory(thrown);
        }
    }

    /** The call whose run is meant by a thread that is in no tracked call: one of the only run's; null when there is no such thing. */
    public @Nullable Object sole() {
        Tracking tracking = firstCall.ifMeant();
        return tracking == null ? null : tracking.sole();
    }

    /** A number is logged in a call, at the next of the name's own steps; see {@link #values}. Takes no lock, and makes no object. */
    public void log(@Nullable Object call, @Nullable String name, double value) {
        values(call).log(name, value);
    }

    /** A number is logged at this step; see {@link #log(Object, String, double)}. */
    public void log(@Nullable Object call, @Nullable String name, double value, long step) {
        values(call).log(name, value, step);
    }

    /**
     * What is no number is logged; see {@link LoggedKinds#record}.
     *
     * @param call the call whose run it belongs to; null where the thread means no single run
     */
    public void record(@Nullable Object call, String kind, @Nullable Object[] arguments) {
        LoggedKinds.record(values(call), kind, arguments);
    }

    @Override
    public void prepare() {
        try {
            var unused = firstCall.tracking();
        } catch (UnusableSettingsException e) {
            console.errorCounted("join", ADDS_NOTHING + e.why());
        } catch (UntrackableException e) {
            console.errorCounted("join", ADDS_NOTHING + e.why());
        } finally {
            tellWarnings();
        }
    }

    @Override
    public @Nullable JoinedRun join(RunAddress address, String worker) {
        Tracking tracking = firstCall.ifMade();
        try {
            return tracking == null ? null : tracking.join(address, worker, clock.instant());
        } catch (UntrackableException e) {
            console.errorCounted("join", worker + " adds nothing to run " + address.runId() + ": " + e.why());
            return null;
        }
    }

    /** The run of a call, for those who record by themselves what it does; null where it has none. */
    public @Nullable CurrentRun run(@Nullable Object call) {
        return call instanceof Call known ? known.current() : null;
    }

    /** Where what is logged in a call goes. Null where the thread means no single run: that is counted, and told. */
    public RunValues values(@Nullable Object call) {
        if (call instanceof Call known) {
            return known.values();
        }
        Tracking tracking = firstCall.ifMade();
        if (tracking != null) {
            tracking.loggedWithoutRun();
        }
        return RunValues.NONE;
    }

    /** A thread dies of an exception that nobody caught. */
    public void dying(Thread thread, Throwable thrown) {
        Tracking tracking = firstCall.ifMade();
        if (tracking != null) {
            tracking.dying(thread, thrown);
        }
    }

    /** The JVM is about to halt. */
    public void halting(int status) {
        Tracking tracking = firstCall.ifMade();
        if (tracking != null) {
            tracking.halting(status);
        }
    }

    private void end(ActiveRun run, Verdict verdict) {
        Tracking tracking = firstCall.ifMade();
        if (tracking != null) { // there is no run without
            tracking.ended(run, verdict);
        }
    }
}
