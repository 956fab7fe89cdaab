package io.plutorun.agent.describe.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {

    @Test
    void options_end_where_the_program_begins() {
        assertThat(JvmOptions.of(List.of("java", "-Xmx1g", "com.acme.Train", "-Xnot"), Map.of()))
                .containsExactly("-Xmx1g");
        assertThat(JvmOptions.of(List.of("java", "-ea", "-jar", "app.jar", "-x"), Map.of()))
                .containsExactly("-ea");
        assertThat(JvmOptions.of(List.of("java", "-p", "mods", "-m", "app/Main"), Map.of()))
                .isEmpty();
    }

    @Test
    void a_value_that_is_a_word_of_its_own_belongs_to_its_option_and_paths_are_told_elsewhere() {
        assertThat(JvmOptions.of(
                        List.of(
                                "java",
                                "-cp",
                                "a:b",
                                "--add-opens",
                                "java.base/java.lang=ALL-UNNAMED",
                                "-Xss1m",
                                "Train"),
                        Map.of()))
                .containsExactly("--add-opens=java.base/java.lang=ALL-UNNAMED", "-Xss1m");
    }

    @Test
    void those_of_the_variables_come_first() {
        assertThat(JvmOptions.of(
                        List.of("java", "-Xmx1g", "Train"),
                        Map.of("JAVA_TOOL_OPTIONS", " -javaagent:pluto-agent.jar -Xint ", "JDK_JAVA_OPTIONS", "-ea")))
                .containsExactly("-javaagent:pluto-agent.jar", "-Xint", "-ea", "-Xmx1g");
        assertThat(JvmOptions.of(List.of(), Map.of())).isEmpty();
    }
}
