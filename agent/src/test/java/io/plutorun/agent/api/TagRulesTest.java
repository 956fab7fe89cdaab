package io.plutorun.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagRulesTest {

    private static List<String> tags(int count) {
        return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> "t" + i).toList());
    }

    @Test
    void ours_are_added_behind_the_run_s_own_each_once() {
        assertThat(TagRules.union(List.of("a", "b", "a"), List.of("c", "b", "c")))
                .containsExactly("a", "b", "c");
        assertThat(TagRules.union(List.of(), List.of())).isEmpty();
    }

    @Test
    void our_group_replaces_the_run_s_and_the_run_s_stays_when_we_have_none() {
        assertThat(TagRules.union(List.of("group:x", "a"), List.of("b", "group:y")))
                .containsExactly("a", "group:y", "b");
        assertThat(TagRules.union(List.of("group:x", "a"), List.of("b"))).containsExactly("group:x", "a", "b");
        assertThat(TagRules.union(List.of("group:x"), List.of("group:x"))).containsExactly("group:x");
    }

    @Test
    void beyond_fifty_the_run_s_own_stay() {
        List<String> full = tags(50);
        assertThat(TagRules.union(full, List.of("new", "group:y"))).isEqualTo(full);
        assertThat(TagRules.union(tags(49), List.of("new", "group:y")))
                .hasSize(50)
                .contains("group:y")
                .doesNotContain("new");
        full.set(0, "group:x");
        assertThat(TagRules.union(full, List.of("group:y")))
                .hasSize(50)
                .contains("group:y")
                .doesNotContain("group:x");
    }
}
