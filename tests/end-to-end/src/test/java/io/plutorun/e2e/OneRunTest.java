package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.OneRun;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job in its simplest form, on every JDK. */
class OneRunTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_tracked_method_is_a_run_that_is_there_before_its_first_line_and_completes(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(OneRun.class).on(jdk).against(pluto).run();

            FakeRun run = pluto.run(1);
            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout().lines())
                    .containsExactly("before: false", "active true, resumed false, DIG-1", "after: false");
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(result.agentLines().get(0)).isEqualTo("pluto: run DIG-1 started: " + run.url());
            assertThat(result.agentLines().get(1))
                    .matches("pluto: run DIG-1 COMPLETED after [0-9.]+ s: " + java.util.regex.Pattern.quote(run.url()));
            assertThat(result.otherLines()).isEmpty();
        }
    }
}
