package io.plutorun.agent.api;

import io.plutorun.agent.http.ClientWarmup;
import io.plutorun.agent.http.Fields;
import io.plutorun.agent.http.Http;
import io.plutorun.agent.http.HttpAnswer;
import io.plutorun.agent.http.HttpBody;
import io.plutorun.agent.http.HttpRequest;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.ParsedTexts;
import io.plutorun.agent.http.ProgramSockets;
import io.plutorun.agent.http.Transport;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Pluto's API, one method a request. What was sent over a kept connection that turns out to be closed OkHttp sends once more; any other
 * repetition is the caller's business. The requests and answers are those that were observed on the server; a time-out
 * bounds each call whole, from the look-up of the host to the last byte.
 */
public final class PlutoApi {

    /** How many characters the server takes (docs/pluto-api.md). */
    private static final int MAX_NOTES = 1000;

    private final Http http;
    private final URI api;

    private final ParsedTexts<URI> posts = new ParsedTexts<>(URI::create);

    private final @Nullable URI heartbeat;
    private final @Nullable URI ingest;

    /**
     * Makes a client. No connection is opened.
     *
     * @param api the main API's base URL
     * @param heartbeat the heartbeat service's base URL; null where it is not known
     * @param ingest the ingest service's base URL; null where it is not known
     * @param key the API key
     * @param version the agent's version, for the User-Agent header
     * @param transport proxies and certificate authorities
     */
    public PlutoApi(
            URI api, @Nullable URI heartbeat, @Nullable URI ingest, String key, String version, Transport transport) {
        this.http = new Http(
                key,
                Transport.isCleartext(api, heartbeat, ingest),
                "pluto-agent/" + version,
                transport,
                new ProgramSockets(),
                ClientWarmup::release);
        this.api = api;
        this.heartbeat = heartbeat;
        this.ingest = ingest;
    }

    /** The ingest service, which takes the values of runs; null where its URL is not known. */
    public @Nullable IngestApi ingest() {
        return ingest == null ? null : new IngestApi(http, ingest);
    }

    /** The main API's base URL. */
    public URI url() {
        return api;
    }

    /** The slug of the organization that the key belongs to. */
    public Outcome<String> organization(Duration timeout) {
        return post("/api/slug", Map.of(), timeout).map(fields -> {
            Object slug = fields.object("organization").get("slug");
            return slug instanceof String text
                    ? new Outcome.Answer<>(text)
                    : fields.unusable("it names no organization");
        });
    }

    /** Creates a run, or resumes the one of the project that bears the external id. */
    public Outcome<StartedRun> create(CreateRun run, Duration timeout) {
        return post("/api/runs/create", run.body(), timeout).map(StartedRun::read);
    }

    /** Resumes a run that exists, in whatever state. */
    public Outcome<StartedRun> resume(RunReference run, Duration timeout) {
        return post("/api/runs/resume", run.fields(), timeout).map(StartedRun::read);
    }

    /**
     * Reports a run's state. The server answers well and ignores it where the run holds a weightier terminal state.
     *
     * @param metadata evidence; null to leave what the run has
     * @param at when the state was reached; null for now
     */
    public Outcome<Boolean> updateStatus(
            long runId, RunStatus status, @Nullable Map<String, ?> metadata, @Nullable Instant at, Duration timeout) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("runId", runId);
        body.put("status", status.name());
        if (metadata != null) {
            body.put("statusMetadata", StorableValues.json(metadata));
        }
        if (at != null) {
            body.put("statusUpdated", at.toEpochMilli());
        }
        return post("/api/runs/status/update", body, timeout).map(PlutoApi::done);
    }

    /**
     * Lays values over what a run's creator noted about itself, and reports the run as RUNNING. The server merges them, and writes no
     * event where the run is RUNNING already (docs/pluto-api.md, "Status").
     */
    public Outcome<Boolean> updateLoggerSettings(long runId, Map<String, ?> settings, Duration timeout) {
        return post(
                        "/api/runs/status/update",
                        Map.of(
                                "runId", runId,
                                "status", RunStatus.RUNNING.name(),
                                "loggerSettings", StorableValues.json(settings)),
                        timeout)
                .map(PlutoApi::done);
    }

    /** Replaces all of a run's tags. */
    public Outcome<Boolean> updateTags(long runId, List<String> tags, Duration timeout) {
        return post("/api/runs/tags/update", Map.of("runId", runId, "tags", tags), timeout)
                .map(PlutoApi::done);
    }

    /** Merges into a run's config, deeply, with these values over the run's. */
    public Outcome<Boolean> updateConfig(long runId, Map<String, ?> config, Duration timeout) {
        return post("/api/runs/config/update", Map.of("runId", runId, "config", StorableValues.json(config)), timeout)
                .map(PlutoApi::done);
    }

    /** Sets the notes on a run's page; what is longer than the server takes is cut. */
    public Outcome<Boolean> updateNotes(long runId, String notes, Duration timeout) {
        return post("/api/runs/notes/update", Map.of("runId", runId, "notes", cut(notes)), timeout)
                .map(PlutoApi::done);
    }

    /**
     * Registers names of a run's values, which the pages show no value of before. A name that is known keeps its first type.
     *
     * @param type such as METRIC
     */
    public Outcome<Boolean> registerNames(long runId, Collection<String> names, String type, Duration timeout) {
        return post(
                        "/api/runs/logName/add",
                        Map.of("runId", runId, "logName", List.copyOf(names), "logType", type),
                        timeout)
                .map(fields -> new Outcome.Answer<>(true));
    }

    /**
     * The largest step at which the run has a value of this name: the route thins the values out, and always keeps the last one.
     *
     * @return the step; -1 when the run has no value of this name
     */
    public Outcome<Long> largestStep(long runId, String project, String name, Duration timeout) {
        String query =
                "?runId=" + runId + "&projectName=" + encoded(project) + "&logName=" + encoded(name) + "&limit=1";
        return get("/api/runs/metrics" + query, timeout).map(fields -> {
            long largest = -1;
            for (Fields value : fields.objects("metrics")) {
                OptionalLong step = value.step("step");
                if (step.isEmpty()) {
                    return fields.unusable("a value has no step");
                }
                largest = Math.max(largest, step.getAsLong());
            }
            return new Outcome.Answer<>(largest);
        });
    }

    /** The files of a run of this name, up to a thousand. What was asked for in the last seconds may not be among them. */
    public Outcome<List<StoredFile>> files(long runId, String project, String logName, Duration timeout) {
        return get(
                        "/api/runs/files?runId=" + runId + "&projectName=" + encoded(project) + "&logName="
                                + encoded(logName),
                        timeout)
                .map(StoredFile::readAll);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Reads a run back. */
    public Outcome<RunDetails> details(long runId, Duration timeout) {
        return get("/api/runs/details/" + runId, timeout).map(RunDetails::read);
    }

    /** Reads how a run came to its state, oldest change first. */
    public Outcome<List<StatusEvent>> statusHistory(long runId, Duration timeout) {
        return get("/api/runs/status/history?runId=" + runId, timeout).map(StatusEvent::read);
    }

    /** Whether the heartbeat service's URL is known. */
    public boolean canBeat() {
        return heartbeat != null;
    }

    /** Tells the heartbeat service that a run is alive; answers with the state that the run has there. */
    public Outcome<RunStatus> beat(long runId, Duration timeout) {
        if (heartbeat == null) {
            return new Outcome.Unreachable<>("the heartbeat service's URL is not known");
        }
        return http.send(
                        HttpRequest.post(
                                posts.of(heartbeat + "/api/runs/trigger"), HttpBody.json(Map.of("runId", runId))),
                        timeout)
                .map(HttpAnswer::fields)
                .map(fields -> {
                    RunStatus status = RunStatus.named(fields.text("status"));
                    return status == null ? fields.unusable("it has no status") : new Outcome.Answer<>(status);
                });
    }

    private static Outcome<Boolean> done(Fields fields) {
        return fields.flag("success") ? new Outcome.Answer<>(true) : fields.unusable("it does not say success");
    }

    private Outcome<Fields> get(String path, Duration timeout) {
        return http.send(HttpRequest.get(URI.create(api + path)), timeout).map(HttpAnswer::fields);
    }

    private static String cut(String notes) {
        if (notes.length() <= MAX_NOTES) {
            return notes;
        }
        int end = MAX_NOTES - 1;
        return notes.substring(0, Character.isHighSurrogate(notes.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private Outcome<Fields> post(String path, Map<String, ?> body, Duration timeout) {
        return http.send(HttpRequest.post(posts.of(api + path), HttpBody.json(StorableValues.body(body))), timeout)
                .map(HttpAnswer::fields);
    }
}
