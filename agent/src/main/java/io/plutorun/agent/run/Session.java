package io.plutorun.agent.run;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.describe.AgentVersion;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.Delivery;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.UnusableException;
import java.time.Duration;

/**
 * What all runs of this JVM share: the server, the delivery to it, the heartbeat. Opened when the first tracked method is entered.
 *
 * @param delivery the delivery of journals
 * @param heartbeat the heartbeat
 * @param messages what a person is told
 */
record Session(Delivery delivery, Heartbeat heartbeat, Messages messages) {

    private static final Duration LEAST_REQUEST_TIMEOUT = Duration.ofSeconds(1);

    /**
     * Opens it; no socket is opened yet.
     *
     * @throws UnusableException when the settings name no server or no key; the message says what to do
     */
    static Session open(Settings settings, Redactor redactor, Console console) throws UnusableException {
        Endpoints endpoints = Endpoints.of(settings);
        ApiKey key = ApiKey.find(settings);
        Messages messages = new Messages(endpoints, key);
        PlutoApi api = new PlutoApi(endpoints.api(), endpoints.heartbeat(), key.value(), AgentVersion.get());
        Duration start = settings.get(Options.START_TIMEOUT);
        Duration request = start.compareTo(LEAST_REQUEST_TIMEOUT) < 0 ? LEAST_REQUEST_TIMEOUT : start;
        return new Session(
                new Delivery(api, redactor, request),
                new Heartbeat(
                        api,
                        console,
                        messages,
                        settings.get(Options.HEARTBEAT_INTERVAL),
                        Heartbeat.KEEP_ALIVE_INTERVAL),
                messages);
    }
}
