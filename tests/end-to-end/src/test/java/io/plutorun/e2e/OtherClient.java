package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests to the server that do not come from the program under test. */
final class OtherClient {

    private OtherClient() {}

    /** Beats for a run, as another process of it does: a cancel takes effect. */
    static void beat(FakePluto pluto, long runId) {
        post(pluto, pluto.heartbeatUrl() + "/api/runs/trigger", "{\"runId\":" + runId + "}");
    }

    /** Sets a run's state through the API. */
    static void decide(FakePluto pluto, long runId, RunStatus status) {
        post(
                pluto,
                pluto.apiUrl() + "/api/runs/status/update",
                "{\"runId\":" + runId + ",\"status\":\"" + status + "\"}");
    }

    private static void post(FakePluto pluto, String url, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + pluto.apiKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(url + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
