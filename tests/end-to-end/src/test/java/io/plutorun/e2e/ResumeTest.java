package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plutorun.e2e.programs.Ids;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunSeed;
import io.plutorun.fake.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the tags and the config of a run that existed before. */
class ResumeTest {

    private static final String TAGS = "/api/runs/tags/update";
    private static final String CONFIG = "/api/runs/config/update";

    private static FakePluto pluto(Consumer<RunSeed> seed) {
        FakePluto pluto = FakePluto.start();
        pluto.seedRun("ids", "old", run -> {
            run.status(RunStatus.FAILED).externalId("job");
            seed.accept(run);
        });
        return pluto;
    }

    private static Program resuming(FakePluto pluto) {
        return Program.of(Ids.class, "none").against(pluto).env("PLUTO_RUN_ID", "1");
    }

    @Test
    void tags_are_united_and_our_config_is_laid_over_the_runs() {
        try (FakePluto pluto = pluto(
                run -> run.tags("b", "c").config("{\"lr\":1,\"kept\":7,\"deep\":{\"x\":1,\"y\":1},\"list\":[1,2]}"))) {
            Result result = resuming(pluto)
                    .env("PLUTO_TAGS", "a,b")
                    .env("PLUTO_CONFIG", "{\"lr\":2,\"deep\":{\"y\":2},\"list\":[3]}")
                    .run();

            assertThat(json(pluto, TAGS)).containsExactly(Requests.parse("{\"runId\":1,\"tags\":[\"b\",\"c\",\"a\"]}"));
            assertThat(configUpdates(pluto)).hasSize(1);
            assertThat(pluto.run(1).tags()).containsExactly("b", "c", "a");
            assertThat(Requests.write(pluto.run(1).configOfProgram()))
                    .isEqualTo(Requests.parse("{\"lr\":2,\"kept\":7,\"deep\":{\"x\":1,\"y\":2},\"list\":[3]}"));
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @Test
    void nothing_is_written_where_nothing_would_change() {
        try (FakePluto pluto = pluto(run -> run.tags("b", "a"))) {
            resuming(pluto).env("PLUTO_TAGS", "a,b").run();

            assertThat(pluto.exchanges(TAGS)).isEmpty();
            assertThat(configUpdates(pluto)).isEmpty();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void beyond_fifty_tags_the_runs_own_stay() {
        String[] own = IntStream.range(0, 48).mapToObj(i -> "own" + i).toArray(String[]::new);
        try (FakePluto pluto = pluto(run -> run.tags(own))) {
            resuming(pluto).env("PLUTO_TAGS", "a,b,c,d").run();

            List<String> expected = new ArrayList<>(List.of(own));
            expected.addAll(List.of("a", "b"));
            assertThat(pluto.run(1).tags()).isEqualTo(expected);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void our_group_replaces_the_runs_even_when_it_is_full() {
        String[] own = IntStream.range(0, 50)
                .mapToObj(i -> i == 0 ? "group:old" : "own" + i)
                .toArray(String[]::new);
        try (FakePluto pluto = pluto(run -> run.tags(own))) {
            resuming(pluto).env("PLUTO_TAGS", "a,group:new").run();

            List<String> expected = new ArrayList<>(List.of(own).subList(1, 50));
            expected.add("group:new");
            assertThat(pluto.run(1).tags()).isEqualTo(expected);
        }
    }

    @Test
    void a_create_that_finds_the_run_has_given_it_the_config_already() {
        try (FakePluto pluto = pluto(run -> run.tags("b").config("{\"lr\":1,\"kept\":7}"))) {
            Result result = Program.of(Ids.class, "none")
                    .against(pluto)
                    .env("PLUTO_EXTERNAL_ID", "job")
                    .env("PLUTO_TAGS", "a")
                    .env("PLUTO_CONFIG", "{\"lr\":2}")
                    .run();

            assertThat(result.stdout().strip()).isEqualTo("resumed IDS-1");
            assertThat(configUpdates(pluto)).isEmpty();
            assertThat(Requests.write(pluto.run(1).configOfProgram()))
                    .isEqualTo(Requests.parse("{\"lr\":2,\"kept\":7}"));
            assertThat(pluto.run(1).tags()).containsExactly("b", "a");
        }
    }

    @Test
    void a_run_whose_tags_can_not_be_read_keeps_them_and_one_line_says_so() {
        try (FakePluto pluto = pluto(run -> run.tags("b"))) {
            pluto.faults().always("/api/runs/details/1", Fault.body("application/json", "{\"id\":1}"));

            Result result = resuming(pluto).env("PLUTO_TAGS", "a").run();

            assertThat(pluto.exchanges(TAGS)).isEmpty();
            assertThat(pluto.run(1).tags()).containsExactly("b");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.agentLines().stream()
                            .filter(line -> line.contains("the tags of run IDS-1 are left as they are")))
                    .hasSize(1);
        }
    }

    @Test
    void a_server_that_fails_over_the_tags_does_not_keep_the_verdict_from_it() {
        try (FakePluto pluto = pluto(run -> run.tags("b"))) {
            pluto.faults().always("/api/runs/details/1", Fault.status(500, "{\"error\":\"Internal Server Error\"}"));

            Result result = resuming(pluto)
                    .env("PLUTO_TAGS", "a")
                    .env("PLUTO_CONFIG", "{\"lr\":2}")
                    .run();

            assertThat(pluto.run(1).tags()).containsExactly("b");
            assertThat(pluto.run(1).config()).containsEntry("lr", 2L);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.agentLines())
                    .contains(
                            "pluto: the tags of run IDS-1 are left as they are, they could not be read or written (500"
                                    + " Internal Server Error)");
        }
    }

    /** Of these updates of config those that tell more than the environment. */
    private static List<JsonNode> configUpdates(FakePluto pluto) {
        return json(pluto, CONFIG).stream()
                .map(body -> Requests.inner((ObjectNode) body, "config"))
                .filter(config -> config.size() > 1 || !config.has("environment"))
                .toList();
    }

    private static List<JsonNode> json(FakePluto pluto, String path) {
        return Requests.bodies(pluto, path).stream().map(Requests::parse).toList();
    }
}
