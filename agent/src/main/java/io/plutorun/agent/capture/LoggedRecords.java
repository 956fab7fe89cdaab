package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedCall;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one framework. A record is handed on before any handler has it. What its thread prints or logs until they are done comes
 * from it.
 */
final class LoggedRecords implements HookListener {

    /** Reads the message of a record that its logger lets through; null for one that it does not. */
    private interface Reader {
        @Nullable
        String read(Object logger, Object record) throws Throwable;
    }

    private final LogFramework framework;
    private final CurrentRuns runs;
    private final TextTaker taker;
    private volatile @Nullable Reader reader;

    LoggedRecords(LogFramework framework, CurrentRuns runs, TextTaker taker) {
        this.framework = framework;
        this.runs = runs;
        this.taker = taker;
    }

    Hook hook() {
        return new Hook(framework::of, Set.of(Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS), this, framework.ofJdk());
    }

    @Override
    public @Nullable CancellationException entered(HookedCall call) {
        Object self = call.self();
        Object record = record(call.arguments());
        if (!taker.isOpen() || self == null || record == null) {
            return null;
        }
        ThreadText thread = ThreadText.current();
        if (thread.recordsCall == record) {
            return null; // handed on within the framework
        }
        String message;
        try {
            message = reader().read(self, record);
        } catch (
                Throwable e) { // an argument of the message that can't be made a text: the framework will say so itself
            return null;
        }
        if (message == null) {
            return null;
        }
        CapturedText logged = CapturedText.logged(runs.ofThread(), message, thread.record);
        if (thread.record == null) {
            thread.record = logged;
            thread.recordsCall = record;
        }
        taker.take(logged);
        return null;
    }

    @Override
    public @Nullable CancellationException exited(HookedCall call) {
        ThreadText thread = ThreadText.current();
        if (thread.record != null && thread.recordsCall == record(call.arguments())) {
            thread.record = null;
            thread.recordsCall = null;
        }
        return null;
    }

    /** Null where there is none, or where it was not kept. */
    private @Nullable Object record(@Nullable Object @Nullable [] arguments) {
        return arguments == null ? null : arguments[arguments.length - 1 - framework.argumentsBehind()];
    }

    private Reader reader() throws ReflectiveOperationException {
        Reader made = reader;
        if (made == null) {
            made = framework.ofJdk() ? ofJdk(new JulReader()) : ofProgram();
            reader = made;
        }
        return made;
    }

    private static Reader ofJdk(JulReader jul) {
        return (logger, record) -> jul.isLoggable(logger, record) ? jul.read(record) : null;
    }

    private Reader ofProgram() {
        MessageReader messages = new MessageReader(framework.recordType(), framework.messageMethod());
        return (logger, record) -> messages.read(record);
    }
}
