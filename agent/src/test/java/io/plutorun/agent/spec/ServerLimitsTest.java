package io.plutorun.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {

    private final ServerLimits limits = new ServerLimits();

    @Test
    void what_the_server_takes_is_left_as_it_is() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("a", List.of(1L, 0.5, "😀", true));
        config.put("b", null);
        config.put("c", Map.of("d", 1L << 53, "e", -(1L << 53)));

        assertThat(limits.object("config", new LinkedHashMap<>(config))).isEqualTo(config);
        assertThat(limits.name("run name", "n".repeat(255), "x")).hasSize(255);
        assertThat(limits.project("😀", "x")).isEqualTo("😀");
        assertThat(limits.externalId("e".repeat(255))).hasSize(255);
        assertThat(limits.tags(List.of("a", "group:b"))).containsExactly("a", "group:b");
        assertThat(limits.warnings()).isEmpty();
    }

    @Test
    void a_name_is_never_empty_nor_longer_than_255_characters_nor_cut_within_one() {
        assertThat(limits.name("run name", " ", "Trainer.train")).isEqualTo("Trainer.train");
        assertThat(limits.name("run name", "n".repeat(300), "x")).isEqualTo("n".repeat(255));
        assertThat(limits.name("run name", "n".repeat(254) + "😀", "x")).isEqualTo("n".repeat(254));
        assertThat(limits.warnings())
                .containsExactly(
                        "the run name is empty; \"Trainer.train\" is used",
                        "the run name is longer than 255 characters; the rest is cut off");
    }

    @Test
    void NUL_and_halves_of_surrogate_pairs_are_replaced_everywhere() {
        assertThat(limits.name("run name", "a\0b\ud83dc\ude00", "x")).isEqualTo("a\ufffdb\ufffdc\ufffd");
        assertThat(limits.object("config", Map.of("k\0", List.of("v\0"))))
                .isEqualTo(Map.of("k\ufffd", List.of("v\ufffd")));
        assertThat(limits.tags(List.of("t\0"))).containsExactly("t\ufffd");
        assertThat(limits.warnings()).hasSize(3);
    }

    @Test
    void a_project_whose_prefix_would_be_cut_within_a_character_loses_such_characters() {
        assertThat(limits.project("ab😀cd", "x")).isEqualTo("ab\ufffdcd");
        assertThat(limits.project("😀x y z", "x")).isEqualTo("\ufffdx y z");
        assertThat(limits.warnings()).hasSize(2).allMatch(warning -> warning.contains("half a character"));
    }

    @Test
    void P4_a_long_external_id_keeps_its_beginning_and_stays_different_from_others() {
        String one = limits.externalId("e".repeat(300) + "1");
        String two = limits.externalId("e".repeat(300) + "2");

        assertThat(one).hasSize(255).startsWith("e".repeat(238) + "-").isNotEqualTo(two);
        assertThat(new ServerLimits().externalId("e".repeat(300) + "1")).isEqualTo(one);
        assertThat(limits.warnings()).hasSize(1);
    }

    @Test
    void a_run_has_one_group_and_fifty_tags_each_once() {
        List<String> tags = new ArrayList<>(List.of("a", "a", "group:x", "group:y"));
        IntStream.range(0, 60).forEach(i -> tags.add("t" + i));

        assertThat(limits.tags(tags))
                .hasSize(50)
                .startsWith("a", "group:x", "t0")
                .doesNotContain("group:y");
        assertThat(limits.warnings())
                .containsExactly(
                        "a run can have one group:* tag; \"group:y\" is left out",
                        "a run can have 50 tags; \"t48\" and any after it are left out");
    }

    @Test
    void numbers_that_the_server_would_change_are_recorded_as_text() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("nan", Double.NaN);
        config.put("infinite", Float.NEGATIVE_INFINITY);
        config.put("big", (1L << 53) + 1);
        config.put("bigger", BigInteger.TEN.pow(30));
        config.put("exact", new BigDecimal("0.25"));
        config.put("written", new BigDecimal("0.1"));
        config.put("long", new BigDecimal("0.1234567890123456789"));
        config.put("huge", new BigDecimal("1e400"));

        assertThat(limits.object("config", config))
                .containsEntry("nan", "NaN")
                .containsEntry("infinite", "-Infinity")
                .containsEntry("big", "9007199254740993")
                .containsEntry("bigger", "1" + "0".repeat(30))
                .containsEntry("exact", 0.25)
                .containsEntry("written", 0.1)
                .containsEntry("long", "0.1234567890123456789")
                .containsEntry("huge", "1E+400");
    }

    @Test
    void each_kind_of_mending_is_told_once() {
        limits.object(
                "config",
                Map.of("a", List.of(1L << 60, 1L << 61, 1L << 62), "b", Double.NaN, "c", List.of(Double.NaN)));

        assertThat(limits.warnings())
                .containsExactlyInAnyOrder(
                        "the config holds integers beyond 2^53, which the server would round; they are recorded as text",
                        "the config holds NaN, which JSON has no number for; it is recorded as text");
    }

    @Test
    void what_nests_too_deep_is_recorded_as_text() throws Exception {
        Map<String, Object> deep = Map.of("k", "bottom");
        for (int i = 0; i < 400; i++) {
            deep = Map.of("k", deep);
        }
        Map<String, Object> mended = limits.object("config", new LinkedHashMap<>(deep));

        int depth = 1;
        Object at = mended.get("k");
        for (; at instanceof Map<?, ?> map; at = map.get("k")) {
            depth++;
        }
        assertThat(depth).isEqualTo(120);
        assertThat(Json.parse(String.valueOf(at))).isInstanceOf(Map.class);
        assertThat(limits.warnings()).hasSize(1);
    }
}
