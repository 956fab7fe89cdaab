package io.plutorun.agent.children;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code ProcessBuilder.start}: what is started by a run's code can find the run. */
public final class StartedProcesses implements HookListener {

    /** Each way to start a process ends in it. */
    private static final String START = "([Ljava/lang/ProcessBuilder$Redirect;)";

    private final CurrentRuns runs;

    /** What the builder of the call of a thread had of an address before. Removed with the call. */
    private static final ThreadLocal<Map<String, String>> BEFORE = new ThreadLocal<>();

    private StartedProcesses(CurrentRuns runs) {
        this.runs = runs;
    }

    /** The hooks that it needs. */
    public static List<Hook> hooks(CurrentRuns runs) {
        return List.of(new Hook(
                ExactMethod.of("java.lang.ProcessBuilder", "start").withDescriptor(START),
                Set.of(Moment.ENTRY, Moment.EXIT),
                new StartedProcesses(runs),
                true));
    }

    @Override
    public @Nullable CancellationException entered(HookedCall call) {
        CurrentRun run = runs.ofThread();
        if (run != null && call.self() instanceof ProcessBuilder builder) {
            BEFORE.set(AddressVariables.set(builder.environment(), run.address()));
        }
        return null;
    }

    /** The process has a copy of the builder's environment. */
    @Override
    public @Nullable CancellationException exited(HookedCall call) {
        Map<String, String> inherited = BEFORE.get();
        if (inherited != null && call.self() instanceof ProcessBuilder builder) {
            BEFORE.remove();
            AddressVariables.restore(builder.environment(), inherited);
        }
        return null;
    }
}
