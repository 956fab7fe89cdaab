package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentArgumentsTest {

    private final List<String> warnings = new ArrayList<>();

    private Map<String, String> parse(String arguments) {
        return AgentArguments.parse(arguments, warnings);
    }

    @Test
    void pairs_are_separated_by_commas() {
        assertThat(parse("project=digits,run.name=first"))
                .containsExactly(entry("project", "digits"), entry("run.name", "first"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void no_arguments_are_no_settings() {
        assertThat(AgentArguments.parse(null, warnings)).isEmpty();
        assertThat(parse("")).isEmpty();
        assertThat(parse(",, ,")).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_key_may_begin_with_pluto_as_a_system_property_does() {
        assertThat(parse("pluto.project=digits")).containsExactly(entry("project", "digits"));
    }

    @Test
    void a_value_may_hold_equals_signs() {
        assertThat(parse("config={\"a\"=1},tags=a=b"))
                .containsEntry("config", "{\"a\"=1}")
                .containsEntry("tags", "a=b");
    }

    @Test
    void a_backslash_takes_the_next_character_literally() {
        assertThat(parse("tags=a\\,b,log.file=C:\\\\pluto.log"))
                .containsExactly(entry("tags", "a,b"), entry("log.file", "C:\\pluto.log"));
        assertThat(parse("a\\=b=c")).containsExactly(entry("a=b", "c"));
    }

    @Test
    void a_backslash_at_the_end_is_a_backslash() {
        assertThat(parse("dir=C:\\")).containsExactly(entry("dir", "C:\\"));
    }

    @Test
    void an_empty_value_is_kept_and_counts_as_unset_later() {
        assertThat(parse("project=")).containsExactly(entry("project", ""));
    }

    @Test
    void the_last_of_two_equal_keys_wins() {
        assertThat(parse("project=a,project=b")).containsExactly(entry("project", "b"));
    }

    @Test
    void blanks_around_a_key_do_not_count() {
        assertThat(parse(" project =digits, run.name=first")).containsOnlyKeys("project", "run.name");
    }

    @Test
    void what_is_no_pair_is_told_and_the_rest_goes_on() {
        assertThat(parse("verbose,project=digits")).containsExactly(entry("project", "digits"));
        assertThat(warnings).singleElement().asString().contains("\"verbose\"").contains("key=value");
    }

    @Test
    void a_value_without_a_key_is_told() {
        assertThat(parse("=digits, =x,project=p")).containsExactly(entry("project", "p"));
        assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("key=value"));
    }

    @Test
    void P7_an_api_key_is_refused_without_repeating_it() {
        assertThat(parse("api.key=plt_secret,pluto.api.key=plt_secret, api.key =plt_secret,project=p"))
                .containsExactly(entry("project", "p"));
        assertThat(warnings)
                .hasSize(3)
                .allSatisfy(
                        warning -> assertThat(warning).contains("PLUTO_API_KEY").doesNotContain("plt_secret"));
    }

    @Test
    void an_api_keys_file_is_no_secret() {
        assertThat(parse("api.key.file=/run/secrets/pluto"))
                .containsExactly(entry("api.key.file", "/run/secrets/pluto"));
        assertThat(warnings).isEmpty();
    }
}
