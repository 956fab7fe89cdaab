package io.plutorun.agent;

import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.current.RunListeners;
import io.plutorun.agent.describe.Collectors;
import io.plutorun.agent.describe.Environment;
import io.plutorun.agent.describe.MachineDescription;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.results.ResultValues;
import io.plutorun.agent.run.Tracker;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.shutdown.ExitWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
        return Wiring.tracker(
                jvm,
                settings,
                redactor,
                console,
                methods,
                exits,
                new RunListeners(console::warn),
                new Environment(
                        new MachineDescription(redactor, jvm)::get,
                        redactor,
                        () -> new Collectors(List.of(), List.of(), Map::of, List::of),
                        List.of(),
                        Duration.ZERO,
                        Thread::new),
                UnusedInstrumentation.trees(),
                () -> new ResultValues(UnusedInstrumentation.fields()),
                () -> {});
    }
}
