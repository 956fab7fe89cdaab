package io.plutorun.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "my-proj, MPR",
        "other-proj, OPR",
        "cfgproj, CFG",
        "amb-x-one, AXO",
        "amb_x_one, AXO",
        "a b/c?é#1, AB/",
        "ab, AB",
        "a, A",
        "one two three four five, OTTF",
        "--x--, X",
        "日本語のプロジェクト, 日本語",
        "v1.2, V2",
        "a.bcd, ABC"
    })
    void the_prefix_is_the_one_that_the_server_makes(String project, String prefix) {
        assertThat(ProjectPrefix.of(project).toUpperCase(Locale.ROOT)).isEqualTo(prefix);
    }

    @Test
    void a_name_of_separators_alone_has_none() {
        assertThat(ProjectPrefix.of("-_ .")).isEmpty();
        assertThat(ProjectPrefix.of("")).isEmpty();
    }

    @Test
    void it_is_counted_in_UTF_16_units_so_that_a_character_may_be_cut() {
        assertThat(ProjectPrefix.of("ab😀cd")).isEqualTo("ab\ud83d");
        assertThat(ProjectPrefix.of("😀")).isEqualTo("😀");
        assertThat(ProjectPrefix.of("😀x y z").charAt(0)).isEqualTo('\ud83d');
    }
}
