package io.plutorun.agent;

import io.plutorun.agent.api.Connection;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.current.RunAddress;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.describe.Environment;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.ProcessLife;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.objects.ObjectTrees;
import io.plutorun.agent.run.Session;
import io.plutorun.agent.run.Tracking;
import io.plutorun.agent.run.UntrackedCalls;
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
import io.plutorun.agent.verdict.FailureWarmup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What exists from the first tracked call on; until then the program may change its system properties. No socket is opened. */
final class TrackingWiring {

    private TrackingWiring() {}

    /** How long a request may take at least, however short the start's time-out is. */
    private static final Duration MIN_REQUEST_TIMEOUT = Duration.ofSeconds(1);

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
        Tracking tracking = new Tracking(
                session,
                new Specifications(
                        settings, redactor, () -> environment(environment), jvm, session.store()::folder, objects),
                new Sweeps(settings.get(Options.SWEEP) != SweepRule.FALSE, redactor),
                settings,
                untracked,
                console,
                exits,
                new MemoryReserve(TrackingWiring::takeMemory));
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
                    new SessionParts(settings, jvm, redactor, console, null),
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
            Delivery delivery = new Delivery(api, store, requestTimeout(settings));
            return new Session.Online(
                    store,
                    delivery,
                    new OnlineParts(settings, jvm, redactor, console, api, endpoints, key, store, delivery),
                    listeners,
                    new FailureWarmup(),
                    settings.get(Options.ON_ERROR) == OnError.FAIL,
                    settings.get(Options.ON_CANCEL),
                    settings.get(Options.SWEEP),
                    jvm.clock());
        } catch (UnusableSettingsException e) {
            if (settings.get(Options.ON_ERROR) == OnError.FAIL || store.folder() == null) {
                throw e;
            }
            return recording(
                    store,
                    new SessionParts(settings, jvm, redactor, console, null),
                    listeners,
                    e.why(),
                    settings.get(Options.SWEEP),
                    jvm);
        }
    }

    private static Session recording(
            JournalStore store,
            SessionParts parts,
            RunListener listeners,
            String why,
            SweepRule sweep,
            JvmEnvironment jvm) {
        return new Session.Recording(
                store, parts, listeners, why, new FailureWarmup(), new AtomicBoolean(), sweep, jvm.clock());
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
