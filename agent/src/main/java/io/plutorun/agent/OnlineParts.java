package io.plutorun.agent;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.heartbeat.Heartbeat;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.messages.HeartbeatMessages;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.replay.EarlierRuns;
import io.plutorun.agent.run.Session;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import org.jspecify.annotations.Nullable;

/** The parts of a session whose runs go to a server. */
final class OnlineParts extends SessionParts implements Session.OnlineParts {

    private final PlutoApi api;
    private final Endpoints endpoints;
    private final ApiKey key;
    private final JournalStore store;
    private final Delivery delivery;

    // Guarded by the lock.
    private @Nullable Messages messages;
    private @Nullable Heartbeat heartbeat;
    private @Nullable EarlierRuns earlierRuns;

    OnlineParts(
            Settings settings,
            JvmEnvironment jvm,
            Redactor redactor,
            Console console,
            PlutoApi api,
            Endpoints endpoints,
            ApiKey key,
            JournalStore store,
            Delivery delivery) {
        super(settings, jvm, redactor, console, api);
        this.api = api;
        this.endpoints = endpoints;
        this.key = key;
        this.store = store;
        this.delivery = delivery;
        readNow(Options.HEARTBEAT_INTERVAL, Options.SYNC_ON_START, Options.KEEP_JOURNAL);
    }

    @Override
    public synchronized Messages messages() {
        Messages made = messages;
        if (made == null) {
            made = new Messages(endpoints, key);
            messages = made;
            endpoints.cleartextWarning().ifPresent(console::warn);
        }
        return made;
    }

    @Override
    public synchronized Heartbeat heartbeat() {
        Heartbeat made = heartbeat;
        if (made == null) {
            made = new Heartbeat(
                    api,
                    new HeartbeatMessages(console, messages()),
                    settings.get(Options.HEARTBEAT_INTERVAL),
                    Heartbeat.KEEP_ALIVE_INTERVAL,
                    delivery::lend);
            heartbeat = made;
        }
        return made;
    }

    @Override
    public synchronized @Nullable EarlierRuns earlierRuns() {
        EarlierRuns made = earlierRuns;
        if (made == null && settings.get(Options.SYNC_ON_START)) {
            made = new EarlierRuns(api, store, endpoints.api().toString(), settings.get(Options.KEEP_JOURNAL), console);
            earlierRuns = made;
        }
        return made;
    }
}
