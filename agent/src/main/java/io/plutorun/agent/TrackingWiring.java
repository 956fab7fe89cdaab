package io.plutorun.agent;

import io.plutorun.agent.api.Connection;
import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.delivery.ValuesDelivery;
import io.plutorun.agent.describe.Environment;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.failure.Failures;
import io.plutorun.agent.files.FilesSession;
import io.plutorun.agent.heartbeat.Heartbeat;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.ProcessLife;
import io.plutorun.agent.host.linux.ControlGroup;
import io.plutorun.agent.host.linux.SystemFiles;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.messages.HeartbeatMessages;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.metrics.MetricsThread;
import io.plutorun.agent.objects.ObjectTrees;
import io.plutorun.agent.replay.EarlierRuns;
import io.plutorun.agent.run.Session;
import io.plutorun.agent.run.Tracking;
import io.plutorun.agent.run.UntrackedCalls;
import io.plutorun.agent.sample.SystemSampler;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.Mode;
import io.plutorun.agent.settings.Options.OnError;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.settings.SweepRule;
import io.plutorun.agent.settings.UnusableSettingsException;
import io.plutorun.agent.shutdown.ExitWatch;
import io.plutorun.agent.shutdown.MemoryReserve;
import io.plutorun.agent.spec.RunEnvironment;
import io.plutorun.agent.spec.Specifications;
import io.plutorun.agent.sweep.Sweeps;
import io.plutorun.agent.values.ValuesSession;
import io.plutorun.agent.verdict.FailureWarmup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What exists from the first tracked call on; until then the program may change its system properties. No socket is opened. */
final class TrackingWiring {

    private TrackingWiring() {}

    /** How long a request may take at least, however short the start's time-out is. */
    private static final Duration MIN_REQUEST_TIMEOUT = Duration.ofSeconds(1);

    /** How long a request with values may take: a batch of 1 MiB over a slow line needs longer than a record. */
    private static final Duration INGEST_TIMEOUT = Duration.ofSeconds(30);

    static Tracking tracking(
            JvmEnvironment jvm,
            Settings settings,
            Redactor redactor,
            Console console,
            UntrackedCalls untracked,
            ExitWatch exits,
            RunListener listeners,
            Environment environment,
            ObjectTrees objects,
            @Nullable RunAddress parents)
            throws UnusableSettingsException {
        Session session = session(jvm, settings, redactor, console, listeners);
        MemoryReserve reserve = new MemoryReserve();
        takeMemory(reserve);
        Tracking tracking = new Tracking(
                session,
                new Specifications(
                        settings, redactor, () -> environment(environment), jvm, session.store()::folder, objects),
                new Sweeps(settings.get(Options.SWEEP) != SweepRule.FALSE, redactor),
                settings,
                untracked,
                console,
                exits,
                reserve);
        if (parents != null) {
            tracking.belongTo(
                    parents, "child" + ProcessLife.ownPid(), jvm.clock().instant());
        }
        return tracking;
    }

    /** The system first: that may wait for what is not ready. */
    private static RunEnvironment environment(Environment found) {
        return new RunEnvironment(found.ofSystem(), found.ofConfig(), found.tags());
    }

    /** All that is kept for an end without memory: beside the call, which shall not wait for it. */
    private static void takeMemory(MemoryReserve reserve) {
        new AgentThreads("engine")
                .newThread(() -> {
                    if (Wiring.class.getClassLoader() instanceof Runnable loader) {
                        loader.run(); // it is launch's, and holds the engine from now on
                    }
                    reserve.fill(Runtime.getRuntime().maxMemory());
                })
                .start();
    }

    private static Session session(
            JvmEnvironment jvm, Settings settings, Redactor redactor, Console console, RunListener listeners)
            throws UnusableSettingsException {
        if (settings.get(Options.MODE) == Mode.OFFLINE) {
            Sourced<Mode> mode = settings.find(Options.MODE).orElseThrow();
            return recording(
                    store(jvm, settings, redactor, console, apiIfNamed(settings)),
                    values(settings, jvm, redactor, console, null),
                    files(settings, console, null),
                    failures(),
                    listeners,
                    mode.source() + " is offline",
                    settings.get(Options.SWEEP),
                    jvm);
        }
        Endpoints endpoints = Endpoints.of(settings);
        JournalStore store =
                store(jvm, settings, redactor, console, endpoints.api().toString());
        try {
            ApiKey key = ApiKey.find(settings);
            PlutoApi api = Connection.to(endpoints, key, settings, jvm.variables());
            return online(jvm, settings, redactor, console, listeners, store, endpoints, key, api);
        } catch (UnusableSettingsException e) {
            if (settings.get(Options.ON_ERROR) == OnError.FAIL || store.folder() == null) {
                throw e;
            }
            return recording(
                    store,
                    values(settings, jvm, redactor, console, null),
                    files(settings, console, null),
                    failures(),
                    listeners,
                    e.why(),
                    settings.get(Options.SWEEP),
                    jvm);
        }
    }

    private static Session recording(
            JournalStore store,
            ValuesSession values,
            FilesSession files,
            Failures failures,
            RunListener listeners,
            String why,
            SweepRule sweep,
            JvmEnvironment jvm) {
        return new Session.Recording(
                store,
                values,
                files,
                failures,
                listeners,
                why,
                new FailureWarmup(),
                new AtomicBoolean(),
                sweep,
                jvm.clock());
    }

    private static Session online(
            JvmEnvironment jvm,
            Settings settings,
            Redactor redactor,
            Console console,
            RunListener listeners,
            JournalStore store,
            Endpoints endpoints,
            ApiKey key,
            PlutoApi api) {
        Messages messages = new Messages(endpoints, key);
        endpoints.cleartextWarning().ifPresent(console::warn);
        Delivery delivery = new Delivery(api, store, requestTimeout(settings));
        return new Session.Online(
                store,
                delivery,
                values(settings, jvm, redactor, console, api),
                files(settings, console, api),
                failures(),
                listeners,
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
                new FailureWarmup(),
                settings.get(Options.ON_ERROR) == OnError.FAIL,
                settings.get(Options.ON_CANCEL),
                settings.get(Options.SWEEP),
                jvm.clock());
    }

    private static ValuesSession values(
            Settings settings, JvmEnvironment jvm, Redactor redactor, Console console, @Nullable PlutoApi api) {
        IngestApi ingest = api == null ? null : api.ingest();
        boolean isUnknown = api != null && ingest == null;
        return new ValuesSession(
                new MetricsThread(new AgentThreads("metrics")),
                SystemSampler.of(settings, jvm, console),
                settings.get(Options.METRICS_MAX_BYTES),
                redactor,
                console,
                api == null || ingest == null ? null : new ValuesDelivery(api, ingest, INGEST_TIMEOUT),
                isUnknown ? "the URL of the ingest service is not known, set PLUTO_URL_INGEST" : null);
    }

    private static Failures failures() {
        return new Failures(new ControlGroup(SystemFiles.ofThisMachine()));
    }

    private static FilesSession files(Settings settings, Console console, @Nullable PlutoApi api) {
        List<String> patterns = new ArrayList<>();
        for (String pattern :
                settings.find(Options.FILES).map(Sourced::value).orElse("").split(";", -1)) {
            if (!pattern.isBlank()) {
                patterns.add(pattern.strip());
            }
        }
        return new FilesSession(api, patterns, console);
    }

    private static Duration requestTimeout(Settings settings) {
        Duration start = settings.get(Options.START_TIMEOUT);
        return start.compareTo(MIN_REQUEST_TIMEOUT) < 0 ? MIN_REQUEST_TIMEOUT : start;
    }

    private static JournalStore store(
            JvmEnvironment jvm, Settings settings, Redactor redactor, Console console, @Nullable String api) {
        String place = settings.find(Options.DIR).map(Sourced::value).orElse("");
        return new JournalStore(
                Path.of(place).toAbsolutePath(),
                jvm,
                redactor,
                api,
                AgentVersion.get(),
                HostName.of(jvm),
                settings.get(Options.KEEP_JOURNAL),
                console::warn);
    }

    /** The API that the settings name, as far as they do: nothing is sent there. */
    private static @Nullable String apiIfNamed(Settings settings) {
        try {
            return Endpoints.of(settings).api().toString();
        } catch (UnusableSettingsException e) {
            return null;
        }
    }
}
