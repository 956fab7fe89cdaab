package io.plutorun.agent;

import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.run.FirstCall;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.run.UntrackedCalls;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.OnError;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.shutdown.ExitWatch;
import io.plutorun.agent.spec.UntrackedJvm;

/** The agent as {@link Wiring} puts it together, but for the weaving. */
public final class TestWiring {

    private TestWiring() {}

    /** The front door, and all that is behind it. */
    public static Tracker tracker(
            TrackedMethods methods,
            Settings settings,
            JvmEnvironment jvm,
            Redactor redactor,
            Console console,
            ExitWatch exits) {
        UntrackedCalls untracked =
                new UntrackedCalls(settings.get(Options.ON_ERROR) == OnError.FAIL, redactor, console);
        return new Tracker(
                methods,
                settings,
                console,
                jvm.clock(),
                new UntrackedJvm(settings, jvm, console),
                untracked,
                new FirstCall(
                        () -> Wiring.TrackingWiring.tracking(jvm, settings, redactor, console, untracked, exits)));
    }
}
