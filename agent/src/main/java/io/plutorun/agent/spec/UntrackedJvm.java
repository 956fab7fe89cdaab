package io.plutorun.agent.spec;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.SparkExecutor;
import io.plutorun.agent.host.TestRunner;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Mode;
import io.plutorun.agent.settings.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM only looks on: its tracked methods execute untracked, since the user said so, or since the calls mean no runs. A test
 * that happens to call a tracked method means none, unless somebody set {@code PLUTO_MODE} or {@code PLUTO_ENABLED}; nor does a function
 * that Spark ships to its executors. What was not asked for is told at the first such call.
 */
public final class UntrackedJvm {

    private final Settings settings;
    private final JvmEnvironment jvm;
    private final Console console;
    private @Nullable Boolean is;

    /**
     * Makes the rule.
     *
     * @param jvm its system properties are read at the first tracked call, since some test runners make themselves known after the JVM's
     *     start
     */
    public UntrackedJvm(Settings settings, JvmEnvironment jvm, Console console) {
        this.settings = settings;
        this.jvm = jvm;
        this.console = console;
    }

    /** Whether the call of a method makes no run. */
    public synchronized boolean keepsUntracked(TrackedMethod method) {
        if (settings.get(Options.MODE) == Mode.NOOP) {
            return true;
        }
        if (is == null) {
            Optional<String> why = why(settings, jvm);
            is = why.isPresent();
            why.ifPresent(reason -> console.info(method.label() + " runs untracked, as this JVM " + reason));
        }
        return is;
    }

    /** Whether calls of this JVM make no runs. */
    public static boolean onlyLooksOn(Settings settings, JvmEnvironment jvm) {
        return settings.get(Options.MODE) == Mode.NOOP || why(settings, jvm).isPresent();
    }

    /** Whether runs of this JVM are going to be sent to a server, as things stand now. */
    public static boolean mayReachServer(Settings settings, JvmEnvironment jvm) {
        return settings.get(Options.MODE) == Mode.ONLINE && why(settings, jvm).isEmpty();
    }

    /** What makes this JVM one, as far as it is not the user's own word; empty for a JVM whose calls are runs. */
    private static Optional<String> why(Settings settings, JvmEnvironment jvm) {
        boolean wasAskedFor = !settings.all(Options.MODE, null).isEmpty()
                || !settings.all(Options.ENABLED, null).isEmpty();
        Optional<String> testRunner = wasAskedFor ? Optional.empty() : TestRunner.of(jvm.properties());
        if (testRunner.isPresent()) {
            return Optional.of("runs tests (" + testRunner.get()
                    + "); set PLUTO_MODE=online to track them, PLUTO_MODE=noop to hear no more of it");
        }
        return SparkExecutor.is(jvm.property("sun.java.command"))
                ? Optional.of("is a Spark executor; the run is the driver's")
                : Optional.empty();
    }
}
