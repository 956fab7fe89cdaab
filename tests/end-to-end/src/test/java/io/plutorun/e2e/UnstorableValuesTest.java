package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.UnstorableValues;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the server would answer with a 500, or would silently change, is mended before it is sent, and told once. */
class UnstorableValuesTest {

    private static final String CHARACTERS =
            " holds characters that the server can't store (NUL or half a surrogate pair); they are replaced";

    @Test
    void a_value_that_the_server_can_not_store_is_changed_into_one_that_it_can_and_told() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(UnstorableValues.class).against(pluto).run();

            List<FakeRun> runs = pluto.runs();
            assertThat(pluto.exchanges("/api/runs/create")).hasSize(18).allMatch(create -> create.status() == 200);
            assertThat(runs).hasSize(18).allMatch(run -> run.status() == RunStatus.COMPLETED);
            assertThat(runs.get(0).name()).isEqualTo("n".repeat(255));
            assertThat(runs.get(1).name()).isEqualTo("n".repeat(254));
            assertThat(runs.get(2).name()).isEqualTo("a\uFFFDb");
            assertThat(runs.get(3).name()).isEqualTo("a\uFFFDb");
            assertThat(runs.get(4).name()).isEqualTo("UnstorableValues.call");
            assertThat(runs.get(5).project()).isEqualTo("p".repeat(255));
            assertThat(runs.get(6).project()).isEqualTo("pluto");
            assertThat(runs.get(7).project()).isEqualTo("ab\uFFFDcd");
            assertThat(runs.get(8).tags())
                    .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "t" + i).toList());
            assertThat(runs.get(9).tags()).containsExactly("group:a", "b");
            assertThat(runs.get(10).tags()).containsExactly("a\uFFFDb");
            assertThat(runs.get(11).configOfProgram()).isEqualTo(Map.of("a\uFFFDb", "\uFFFD"));
            assertThat(depth(runs.get(12).configOfProgram())).isEqualTo(120);
            assertThat(depth(runs.get(13).configOfProgram())).isEqualTo(120);
            assertThat(runs.get(14).configOfProgram())
                    .isEqualTo(Map.of("big", "9007199254740993", "small", 9007199254740992L));
            assertThat(runs.get(15).externalId()).isEqualTo("a\uFFFDb");
            assertThat(runs.get(16).loggerSettings()).doesNotContainKey("trigger");
            assertThat(runs.get(17).configOfProgram())
                    .isEqualTo(Map.of(
                            "loss", "NaN",
                            "losses", List.of(1.5, "-Infinity"),
                            "seed", "9223372036854775807",
                            "parameters", "-1000000000000000000000000000000"));
            assertThat(warnings(result))
                    .containsExactly(
                            "call: the run name is longer than 255 characters; the rest is cut off",
                            "call: the run name is longer than 255 characters; the rest is cut off",
                            "call: the run name" + CHARACTERS,
                            "call: the run name" + CHARACTERS,
                            "call: the run name is empty; \"UnstorableValues.call\" is used",
                            "call: the project is longer than 255 characters; the rest is cut off",
                            "call: the project is empty; \"pluto\" is used",
                            "call: the project \"ab\uD83D\uDE00cd\" would make a display id with half a character; such"
                                    + " characters are replaced",
                            "call: a run can have 50 tags; \"t50\" and any after it are left out",
                            "call: a run can have one group:* tag; \"group:c\" is left out",
                            "call: the tag" + CHARACTERS,
                            "call: the config" + CHARACTERS,
                            "call: the config nests more than 120 levels; what is deeper is recorded as text",
                            "call: the config holds integers beyond 2^53, which the server would round; they are recorded"
                                    + " as text",
                            "call: the external id" + CHARACTERS,
                            "call: the logger settings' trigger is left out: it must be an object of objects, else the"
                                    + " server's watch over all runs fails",
                            "arguments: the config holds NaN, which JSON has no number for; it is recorded as text",
                            "arguments: the config holds -Infinity, which JSON has no number for; it is recorded as text",
                            "arguments: the config holds integers beyond 2^53, which the server would round; they are"
                                    + " recorded as text");
        }
    }

    private static List<String> warnings(Result result) {
        return result.agentLines().stream()
                .filter(line -> line.startsWith("pluto: UnstorableValues."))
                .map(line -> line.substring("pluto: UnstorableValues.".length()))
                .toList();
    }

    private static int depth(Object value) {
        return value instanceof Map<?, ?> map && map.get("a") != null ? 1 + depth(map.get("a")) : 0;
    }
}
