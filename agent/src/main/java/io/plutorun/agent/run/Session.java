package io.plutorun.agent.run;

import io.plutorun.agent.api.Connection;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.heartbeat.Heartbeat;
import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.replay.EarlierRuns;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Mode;
import io.plutorun.agent.settings.Options.OnCancel;
import io.plutorun.agent.settings.Options.OnError;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.settings.UnusableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What all runs of this JVM share. Opened when the first tracked method is entered. */
public sealed interface Session {

    /** How long a request may take at least, however short the start's time-out is. */
    Duration MIN_REQUEST_TIMEOUT = Duration.ofSeconds(1);

    /** Where the runs are recorded. */
    JournalStore store();

    /**
     * Runs go to the server.
     *
     * @param store where they are recorded on the way
     * @param delivery what brings them there
     * @param heartbeat what keeps them alive
     * @param messages what a person is told
     * @param earlierRuns what delivers the journals of earlier processes; null when that is not wanted
     * @param failOnError whether a method must not start untracked
     * @param onCancel what a cancel on a run's page does to the program
     */
    record Online(
            JournalStore store,
            Delivery delivery,
            Heartbeat heartbeat,
            Messages messages,
            @Nullable EarlierRuns earlierRuns,
            boolean failOnError,
            OnCancel onCancel)
            implements Session {}

    /**
     * Runs are recorded on disk only.
     *
     * @param store where
     * @param why for a person
     * @param told whether a person has been told; once is enough
     */
    record Recording(JournalStore store, String why, AtomicBoolean told) implements Session {}

    /**
     * Opens it; no socket is opened yet.
     *
     * @throws UnusableException when the settings name a server that can't be, or no key though runs must be tracked; the message says
     *     what to do
     */
    static Session open(Settings settings, Redactor redactor, Console console) throws UnusableException {
        if (settings.get(Options.MODE) == Mode.OFFLINE) {
            Sourced<Mode> mode = settings.find(Options.MODE).orElseThrow();
            return new Recording(
                    store(settings, redactor, console, api(settings)),
                    mode.source() + " is offline",
                    new AtomicBoolean());
        }
        Endpoints endpoints = Endpoints.of(settings);
        JournalStore store = store(settings, redactor, console, endpoints.api().toString());
        ApiKey key;
        PlutoApi api;
        try {
            key = ApiKey.find(settings);
            api = Connection.to(endpoints, key, settings);
        } catch (UnusableException e) {
            if (settings.get(Options.ON_ERROR) == OnError.FAIL || store.folder() == null) {
                throw e;
            }
            return new Recording(store, e.why(), new AtomicBoolean());
        }
        Messages messages = new Messages(endpoints, key);
        endpoints.cleartextWarning().ifPresent(console::warn);
        Duration start = settings.get(Options.START_TIMEOUT);
        Duration request = start.compareTo(MIN_REQUEST_TIMEOUT) < 0 ? MIN_REQUEST_TIMEOUT : start;
        Delivery delivery = new Delivery(api, store, request);
        return new Online(
                store,
                delivery,
                new Heartbeat(
                        api,
                        new HeartbeatMessages(console, messages),
                        settings.get(Options.HEARTBEAT_INTERVAL),
                        Heartbeat.KEEP_ALIVE_INTERVAL,
                        delivery::lend),
                messages,
                settings.get(Options.SYNC_ON_START)
                        ? new EarlierRuns(
                                api, store, endpoints.api().toString(), settings.get(Options.KEEP_JOURNAL), console)
                        : null,
                settings.get(Options.ON_ERROR) == OnError.FAIL,
                settings.get(Options.ON_CANCEL));
    }

    private static JournalStore store(Settings settings, Redactor redactor, Console console, @Nullable String api) {
        String place = settings.find(Options.DIR).map(Sourced::value).orElse("");
        return new JournalStore(
                Path.of(place).toAbsolutePath(),
                redactor,
                api,
                AgentVersion.get(),
                HostName.get(),
                settings.get(Options.KEEP_JOURNAL),
                console::warn);
    }

    /** The API that the settings name, as far as they do: nothing is sent there. */
    private static @Nullable String api(Settings settings) {
        try {
            return Optional.of(Endpoints.of(settings))
                    .map(endpoints -> endpoints.api().toString())
                    .orElse(null);
        } catch (UnusableException e) {
            return null;
        }
    }
}
