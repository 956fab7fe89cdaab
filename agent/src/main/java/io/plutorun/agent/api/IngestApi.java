package io.plutorun.agent.api;

import io.plutorun.agent.http.Http;
import io.plutorun.agent.http.HttpBody;
import io.plutorun.agent.http.HttpRequest;
import io.plutorun.agent.http.Outcome;
import java.net.URI;
import java.time.Duration;

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

    private Outcome<Boolean> post(String path, long runId, String project, byte[] lines, Duration timeout) {
        if (runId <= 0 || !canName(project)) {
            throw new IllegalArgumentException("run " + runId + " of project \"" + project + "\"");
        }
        HttpRequest request = HttpRequest.post(URI.create(url + path), HttpBody.of(NDJSON, lines))
                .with("X-Run-Id", Long.toString(runId))
                .with("X-Project-Name", project);
        return http.send(request, timeout)
                .map(answer -> answer.text().startsWith("Stream processed successfully")
                        ? new Outcome.Answer<>(true)
                        : new Outcome.Unusable<>(answer.status(), "an answer that is not the ingest service's"));
    }
}
