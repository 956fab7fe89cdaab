package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P5: however a tracked call ends, its run says so. P1: and the program ends as it does without the agent. */
@Order(3) // takes long
class VerdictTableTest {

    private static final String BEGIN = "<!-- endings -->\n";
    private static final String END = "<!-- /endings -->";

    static Stream<Arguments> casesOnJdks() {
        List<Jdk> jdks = Stream.of(Jdk.current(), Jdk.newest()).distinct().toList();
        return EndingCases.all().stream()
                .flatMap(ending -> jdks.stream().filter(ending::runsOn).map(jdk -> Arguments.of(ending, jdk)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesOnJdks")
    void P1_P5_the_run_ends_as_the_table_says_and_the_program_as_without_the_agent(EndingCase ending, Jdk jdk)
            throws IOException, InterruptedException {
        ending.hold(jdk);
    }

    @Test
    void every_row_of_the_table_has_a_program() {
        Set<Ending> held = EndingCases.all().stream().map(EndingCase::ending).collect(Collectors.toSet());

        assertThat(held).isEqualTo(EnumSet.allOf(Ending.class));
    }

    @Test
    void the_documentation_shows_the_table_as_it_is() throws IOException {
        Path page = Path.of(System.getProperty("pluto.readme")).resolveSibling("docs/how-a-run-ends.md");
        String text = Files.readString(page).replace("\r\n", "\n");
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertThat(begin)
                .as("docs/how-a-run-ends.md has no lines <!-- endings --> and <!-- /endings -->")
                .isBetween(0, end);
        int start = begin + BEGIN.length();
        if (Boolean.getBoolean("pluto.write.readme")) {
            Files.writeString(page, text.substring(0, start) + Ending.markdown() + text.substring(end));
            return;
        }
        assertThat(text.substring(start, end))
                .as("the table of docs/how-a-run-ends.md is stale: write it anew, see CONTRIBUTING.md")
                .isEqualTo(Ending.markdown());
    }
}
