package io.plutorun.agent.api;

import io.plutorun.agent.http.Fields;
import io.plutorun.agent.http.Http;
import io.plutorun.agent.http.HttpAnswer;
import io.plutorun.agent.http.HttpBody;
import io.plutorun.agent.http.HttpRequest;
import io.plutorun.agent.http.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ingest service, which takes what runs log, one method a request. The service does not check that a run and its project exist or belong
 * together: what is sent under a wrong one is answered well, and nobody ever sees it (docs/pluto-api.md).
 */
public final class IngestApi {

    private static final String NDJSON = "application/x-ndjson";

    private final Http http;
    private final URI url;

    IngestApi(Http http, URI url) {
        this.http = http;
        this.url = url;
    }

    /** The service's base URL. */
    public URI url() {
        return url;
    }

    /**
     * Whether a project's name can be sent: as a header it is printable ASCII, and blanks at its ends do not survive. There is no way to
     * write any other.
     */
    public static boolean canName(String project) {
        return !project.isEmpty()
                && project.equals(project.strip())
                && project.chars().allMatch(character -> character >= ' ' && character < 127);
    }

    /**
     * Sends values. The same values may be sent again: the service keeps one for each name and step.
     *
     * @param runId the run's number, greater than 0
     * @param project the run's own project, a name for which {@link #canName} holds
     * @param lines lines of {@code {"time":…,"step":…,"data":{…}}}
     */
    public Outcome<Boolean> metrics(long runId, String project, byte[] lines, Duration timeout) {
        return post("/ingest/metrics", runId, project, lines, timeout);
    }

    /**
     * Sends string series, tables and histograms. What is sent twice is there twice.
     *
     * @param runId the run's number, greater than 0
     * @param project the run's own project, a name for which {@link #canName} holds
     * @param lines lines of {@code {"time":…,"data":…,"step":…,"dataType":…,"logName":…}}
     */
    public Outcome<Boolean> data(long runId, String project, byte[] lines, Duration timeout) {
        return post("/ingest/data", runId, project, lines, timeout);
    }

    /**
     * Sends lines of the console. What is sent twice is there twice.
     *
     * @param runId the run's number, greater than 0
     * @param project the run's own project, a name for which {@link #canName} holds
     * @param lines lines of {@code {"time":…,"message":…,"lineNumber":…,"logType":…}}
     */
    public Outcome<Boolean> logs(long runId, String project, byte[] lines, Duration timeout) {
        return post("/ingest/logs", runId, project, lines, timeout);
    }

    /**
     * Asks where the bytes of a file are to be sent. Each request makes another row for the file, whose bytes may never come.
     *
     * @param file what is asked for
     * @return a URL that takes the bytes for an hour, without the key
     */
    public Outcome<URI> upload(
            long runId, String project, StoredFile file, String type, long millis, Duration timeout) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("fileName", file.fileName());
        row.put("logName", file.logName());
        row.put("fileSize", file.size());
        row.put("fileType", type);
        row.put("step", 0);
        row.put("time", millis);
        return http.send(of(runId, project, "/files", HttpBody.json(Map.of("files", List.of(row)))), timeout)
                .map(HttpAnswer::fields)
                .map(fields -> {
                    for (Fields entry : fields.objects(file.logName())) {
                        String target = entry.text(file.fileName());
                        if (target != null) {
                            return presigned(target, fields);
                        }
                    }
                    return fields.unusable("it does not say where the file goes");
                });
    }

    private Outcome<URI> presigned(String target, Fields fields) {
        try {
            URI place = new URI(target);
            boolean isWeaker =
                    "https".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(place.getScheme());
            return isWeaker
                    ? new Outcome.Rejected<>(
                            0,
                            "the file would go over http to " + place.getAuthority() + ", although " + url
                                    + " is https",
                            null)
                    : new Outcome.Answer<>(place);
        } catch (URISyntaxException e) {
            return fields.unusable("where the file goes is no URL");
        }
    }

    /** Sends the bytes of a file to where {@link #upload} said. */
    public Outcome<Boolean> put(URI place, HttpBody bytes) {
        return http.sendFile(new HttpRequest("PUT", place, Map.of(), bytes, false))
                .map(answer -> new Outcome.Answer<>(true));
    }

    /**
     * Whether a file has been stored with all its bytes.
     *
     * @param place where {@link StoredFile#url} says that it can be read
     */
    public boolean isThere(URI place, long size) {
        String last = "bytes=" + (size - 1) + "-" + (size + 3); // more than one character of UTF-8 where it is larger
        HttpRequest request = new HttpRequest("GET", place, Map.of("Range", last), null, false);
        return size > 0
                && http.sendFile(request) instanceof Outcome.Answer<HttpAnswer> answer
                && answer.value().status() == 206
                && answer.value().text().length() == 1;
    }

    private Outcome<Boolean> post(String path, long runId, String project, byte[] lines, Duration timeout) {
        return http.send(of(runId, project, path, HttpBody.of(NDJSON, lines)), timeout)
                .map(answer -> answer.text().startsWith("Stream processed successfully")
                        ? new Outcome.Answer<>(true)
                        : new Outcome.Unusable<>(answer.status(), "an answer that is not the ingest service's"));
    }

    private HttpRequest of(long runId, String project, String path, HttpBody body) {
        if (runId <= 0 || !canName(project)) {
            throw new IllegalArgumentException("run " + runId + " of project \"" + project + "\"");
        }
        return HttpRequest.post(URI.create(url + path), body)
                .with("X-Run-Id", Long.toString(runId))
                .with("X-Project-Name", project);
    }
}
