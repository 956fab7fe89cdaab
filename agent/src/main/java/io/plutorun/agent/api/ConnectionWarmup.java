package io.plutorun.agent.api;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.http.ClientWarmup;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Settings;

/**
 * Loads what a run needs on a thread of the agent's, in the time between the moment when a tracked class is loaded and the one when its
 * tracked method is entered.
 *
 * <p>Nothing is opened, told or decided: what the settings say when a method is entered counts, and until then the program may change its
 * system properties.
 */
public final class ConnectionWarmup {

    private ConnectionWarmup() {}

    /** Starts a thread that loads the classes; returns at once. */
    public static void begin(Settings settings) {
        new AgentThreads("warmup").newThread(() -> warmUp(settings)).start();
    }

    private static void warmUp(Settings settings) {
        try {
            ApiKey.find(settings);
            Endpoints endpoints = Endpoints.of(settings);
            ClientWarmup.run(endpoints.api(), endpoints.heartbeat(), endpoints.ingest());
        } catch (Exception | LinkageError | AssertionError e) { // also checked ones that the library does not announce
            // the first tracked call meets the same problem and reports it
        }
    }
}
