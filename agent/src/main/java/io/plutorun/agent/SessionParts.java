package io.plutorun.agent;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.delivery.ValuesDelivery;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.failure.Failures;
import io.plutorun.agent.files.FilesSession;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.linux.ControlGroup;
import io.plutorun.agent.host.linux.SystemFiles;
import io.plutorun.agent.metrics.MetricsThread;
import io.plutorun.agent.run.Session;
import io.plutorun.agent.sample.SystemSampler;
import io.plutorun.agent.settings.Option;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.values.ValuesSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a session share beside their records. A part is made when it is asked for first: that is behind the request that creates the
 * first run, which so leaves the earlier.
 */
class SessionParts implements Session.Parts {

    /** How long a request with values may take: a batch of 1 MiB over a slow line needs longer than a record. */
    private static final Duration INGEST_TIMEOUT = Duration.ofSeconds(30);

    final Settings settings;
    final Console console;
    private final JvmEnvironment jvm;
    private final Redactor redactor;
    private final @Nullable PlutoApi api;

    // Guarded by the lock.
    private @Nullable ValuesSession values;
    private @Nullable FilesSession files;
    private @Nullable Failures failures;

    /**
     * Makes no part yet.
     *
     * @param api where values and files are sent; null where they are kept on disk
     */
    SessionParts(Settings settings, JvmEnvironment jvm, Redactor redactor, Console console, @Nullable PlutoApi api) {
        this.settings = settings;
        this.jvm = jvm;
        this.redactor = redactor;
        this.console = console;
        this.api = api;
        readNow(Options.METRICS_MAX_BYTES, Options.SYSTEM_METRICS, Options.SYSTEM_METRICS_INTERVAL, Options.FILES);
    }

    /** What is not understood is told with the other settings. */
    final void readNow(Option<?>... options) {
        for (Option<?> option : options) {
            settings.find(option);
        }
    }

    @Override
    public final synchronized ValuesSession values() {
        ValuesSession made = values;
        if (made == null) {
            IngestApi ingest = api == null ? null : api.ingest();
            boolean isUnknown = api != null && ingest == null;
            made = new ValuesSession(
                    new MetricsThread(new AgentThreads("metrics")),
                    SystemSampler.of(settings, jvm, console),
                    settings.get(Options.METRICS_MAX_BYTES),
                    redactor,
                    console,
                    api == null || ingest == null ? null : new ValuesDelivery(api, ingest, INGEST_TIMEOUT),
                    isUnknown ? "the URL of the ingest service is not known, set PLUTO_URL_INGEST" : null);
            values = made;
        }
        return made;
    }

    @Override
    public final synchronized FilesSession files() {
        FilesSession made = files;
        if (made == null) {
            made = new FilesSession(api, patterns(), console);
            files = made;
        }
        return made;
    }

    private List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        for (String pattern :
                settings.find(Options.FILES).map(Sourced::value).orElse("").split(";", -1)) {
            if (!pattern.isBlank()) {
                patterns.add(pattern.strip());
            }
        }
        return patterns;
    }

    @Override
    public final synchronized Failures failures() {
        Failures made = failures;
        if (made == null) {
            made = new Failures(new ControlGroup(SystemFiles.ofThisMachine()));
            failures = made;
        }
        return made;
    }
}
