package io.plutorun.agent.run;

import io.plutorun.agent.describe.TestRunner;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A test that happens to call a tracked method means no run: where a test runner started the JVM, methods execute untracked, unless
 * somebody set {@code PLUTO_MODE} or {@code PLUTO_ENABLED}. Told at the first such call.
 */
final class UnderTest {

    private final Settings settings;
    private final UnaryOperator<@Nullable String> properties;
    private final Console console;
    private @Nullable Boolean untracked;

    /**
     * Makes the rule.
     *
     * @param properties the JVM's system properties; read at the first tracked call, since some runners make themselves known after the
     *     JVM's start
     */
    UnderTest(Settings settings, UnaryOperator<@Nullable String> properties, Console console) {
        this.settings = settings;
        this.properties = properties;
        this.console = console;
    }

    /** Whether the call of a method makes no run. */
    synchronized boolean keepsUntracked(TrackedMethod method) {
        if (untracked == null) {
            Optional<String> found = wasAskedFor() ? Optional.empty() : TestRunner.of(properties);
            untracked = found.isPresent();
            found.ifPresent(name -> console.info(method.label() + " runs untracked, as this JVM runs tests (" + name
                    + "); set PLUTO_MODE=online to track them, PLUTO_MODE=noop to hear no more of it"));
        }
        return untracked;
    }

    private boolean wasAskedFor() {
        return !settings.all(Options.MODE, null).isEmpty()
                || !settings.all(Options.ENABLED, null).isEmpty();
    }
}
