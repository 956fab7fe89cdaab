package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The little of a client that the tests need. */
final class Client {

    private final FakePluto pluto;
    private final HttpClient http;

    Client(FakePluto pluto) {
        this(pluto, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    Client(FakePluto pluto, HttpClient http) {
        this.pluto = pluto;
        this.http = http;
    }

    HttpResponse<String> send(URI host, String path, String json) throws IOException, InterruptedException {
        return http.send(request(host, path, json), BodyHandlers.ofString());
    }

    HttpRequest request(URI host, String path, String json) {
        return HttpRequest.newBuilder(URI.create(host + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + pluto.apiKey())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    /** The answer to a request to the main API that must succeed. */
    JsonNode api(String path, String json) throws IOException, InterruptedException {
        return ok(send(pluto.apiUrl(), path, json));
    }

    JsonNode create(String externalId) throws IOException, InterruptedException {
        return api("/api/runs/create", createBody(externalId));
    }

    static String createBody(String externalId) {
        return "{\"runName\":\"r\",\"projectName\":\"my-proj\",\"externalId\":\"" + externalId + "\"}";
    }

    void status(long runId, RunStatus status) throws IOException, InterruptedException {
        api("/api/runs/status/update", "{\"runId\":" + runId + ",\"status\":\"" + status + "\"}");
    }

    void resume(long runId) throws IOException, InterruptedException {
        api("/api/runs/resume", "{\"runId\":" + runId + "}");
    }

    /** What the heartbeat's answer says of the run. */
    String heartbeat(long runId) throws IOException, InterruptedException {
        return ok(send(pluto.heartbeatUrl(), "/api/runs/trigger", "{\"runId\":" + runId + "}"))
                .get("status")
                .asText();
    }

    /** Sends lines for a run, with the headers that belong to it. */
    HttpResponse<String> lines(String path, long runId, String body) throws IOException, InterruptedException {
        return lines(path, Long.toString(runId), pluto.run(runId).project(), body);
    }

    HttpResponse<String> lines(String path, String runId, String project, String body)
            throws IOException, InterruptedException {
        return http.send(
                linesRequest(path, pluto.apiKey(), body)
                        .header("X-Run-Id", runId)
                        .header("X-Project-Name", project)
                        .build(),
                BodyHandlers.ofString());
    }

    HttpRequest.Builder linesRequest(String path, String key, String body) {
        return HttpRequest.newBuilder(URI.create(pluto.ingestUrl() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    /** Registers names for a run, as every client must. */
    void register(long runId, String type, String... names) throws IOException, InterruptedException {
        String list = String.join("\",\"", names);
        api(
                "/api/runs/logName/add",
                "{\"runId\":" + runId + ",\"logName\":[\"" + list + "\"],\"logType\":\"" + type + "\"}");
    }

    HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(pluto.apiUrl() + pathAndQuery))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + pluto.apiKey())
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode ok(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Json.parse(response.body()).orElseThrow();
    }
}
