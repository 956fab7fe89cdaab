package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.HiddenTrainer;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HiddenClassTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P1_a_method_of_a_hidden_class_runs_untracked_without_a_word_as_the_limits_say(Jdk jdk) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    Program.of(HiddenTrainer.class).on(jdk).against(pluto).run();

            assertThat(result.stdout().lines()).containsExactly("hidden true: untracked", "declared: WOR-1");
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(result.agentLines()).as("started, COMPLETED").hasSize(2);
        }
        assertThat(Files.readString(Path.of(System.getProperty("pluto.readme"))))
                .contains(
                        "hidden classes that `Lookup.defineHiddenClass` makes. A method of such a class is not tracked");
    }
}
