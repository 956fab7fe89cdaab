package io.plutorun.agent.run;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.http.ClientWarmup;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Mode;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.UnusableException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Loads what a run needs on a thread of the agent's, in the time between the moment when a tracked class is loaded and the one when its
 * tracked method is entered.
 *
 * <p>Nothing is opened, told or decided: what the settings say when a method is entered counts, and until then the program may change its
 * system properties.
 */
public final class Warmup {

    private Warmup() {}

    /**
     * Begins, where runs are going to be sent to a server.
     *
     * @param properties the JVM's system properties, which tell whether runs are tracked in it
     */
    public static void begin(Settings settings, UnaryOperator<@Nullable String> properties) {
        if (settings.get(Options.MODE) == Mode.ONLINE
                && UntrackedJvm.why(settings, properties).isEmpty()) {
            new AgentThreads("warmup").newThread(() -> run(settings)).start();
        }
    }

    private static void run(Settings settings) {
        try {
            ApiKey.find(settings);
            Endpoints endpoints = Endpoints.of(settings);
            ClientWarmup.run(endpoints.api(), endpoints.heartbeat());
        } catch (UnusableException | RuntimeException | LinkageError e) {
            // if it matters, the first tracked call will meet it too, and tell
        }
    }
}
