package io.plutorun.agent.api;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.http.ClientWarmup;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.UnusableException;

/**
 * Between the moment when a tracked class is loaded and the one when its tracked method is entered there is often time: data is read, a
 * session is set up. A thread of the agent's uses it, to have loaded by then what a run needs.
 *
 * <p>Nothing is opened, told or decided: what the settings say then counts when a method is entered, and until then the program may
 * change its system properties.
 */
public final class ConnectionWarmup {

    private ConnectionWarmup() {}

    /** Begins; returns at once. */
    public static void begin(Settings settings) {
        new AgentThreads("warmup").newThread(() -> warmUp(settings)).start();
    }

    private static void warmUp(Settings settings) {
        try {
            ApiKey.find(settings);
            Endpoints endpoints = Endpoints.of(settings);
            ClientWarmup.run(endpoints.api(), endpoints.heartbeat());
        } catch (UnusableException | RuntimeException | LinkageError e) {
            // if it matters, the first tracked call will meet it too, and tell
        }
    }
}
