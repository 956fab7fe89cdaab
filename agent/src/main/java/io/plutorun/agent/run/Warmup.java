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
 * Between the moment when a tracked class is loaded and the one when its tracked method is entered there is often time: data is read, a
 * session is set up. A thread of the agent's uses it, to have loaded by then what a run needs.
 *
 * <p>Nothing is opened, told or decided: what the settings say then counts when a method is entered, and until then the program may
 * change its system properties.
 */
public final class Warmup {

    private Warmup() {}

    /**
     * Begins, where runs are going to be sent to a server.
     *
     * @param properties the JVM's system properties, which tell whether it is a bystander
     */
    public static void begin(Settings settings, UnaryOperator<@Nullable String> properties) {
        if (settings.get(Options.MODE) == Mode.ONLINE
                && UntrackedJvm.why(settings, properties).isEmpty()) {
            new AgentThreads("prelude").newThread(() -> play(settings)).start();
        }
    }

    private static void play(Settings settings) {
        try {
            ApiKey.find(settings);
            Endpoints endpoints = Endpoints.of(settings);
            ClientWarmup.run(endpoints.api(), endpoints.heartbeat());
        } catch (UnusableException | RuntimeException | LinkageError e) {
            // if it matters, the first tracked call will meet it too, and tell
        }
    }
}
