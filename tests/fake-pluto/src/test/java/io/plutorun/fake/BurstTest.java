package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Many requests at once: the rules of the real server's bursts. */
class BurstTest {

    @Test
    void aBurstOfOneExternalIdMakesOneRun() {
        try (FakePluto pluto = FakePluto.start()) {
            List<HttpResponse<String>> answers =
                    burst(pluto, 200, "/api/runs/create", i -> Client.createBody("the-only-one"));

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
            assertThat(answers.stream()
                            .filter(answer -> !json(answer).get("resumed").asBoolean()))
                    .hasSize(1);
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.exchanges()).hasSize(200);
        }
    }

    @Test
    void aBurstOfVerdictsEndsWithTheGravest() {
        try (FakePluto pluto = FakePluto.start()) {
            long run = pluto.seedRun("my-proj", "training");
            List<String> verdicts = List.of("COMPLETED", "TERMINATED", "FAILED", "CANCELLED");

            burst(
                    pluto,
                    16,
                    "/api/runs/status/update",
                    i -> "{\"runId\":" + run + ",\"status\":\"" + verdicts.get(i % 4) + "\"}");

            assertThat(pluto.run(run).status()).isEqualTo(RunStatus.FAILED);
        }
    }

    @Test
    void theRaceForANewProjectLosesSomeCreatesWhoseRetriesResume() throws Exception {
        try (FakePluto pluto = FakePluto.builder().newProjectRaces(3).start()) {
            List<HttpResponse<String>> answers = burst(pluto, 16, "/api/runs/create", i -> Client.createBody("one"));

            assertThat(answers).filteredOn(answer -> answer.statusCode() == 500).hasSize(3);
            assertThat(pluto.runs()).hasSize(1);
            assertThat(new Client(pluto).create("one").get("resumed").asBoolean())
                    .isTrue();
        }
    }

    private static List<HttpResponse<String>> burst(FakePluto pluto, int times, String path, IntFunction<String> body) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Client client = new Client(pluto);
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            sent.add(http.sendAsync(client.request(pluto.apiUrl(), path, body.apply(i)), BodyHandlers.ofString()));
        }
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body()).orElseThrow();
    }
}
