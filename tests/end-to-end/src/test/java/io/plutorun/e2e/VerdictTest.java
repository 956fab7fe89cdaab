package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Nested;
import io.plutorun.e2e.programs.Parallel;
import io.plutorun.e2e.programs.Throwing;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import org.junit.jupiter.api.Test;

/** P5: the verdict is the true one. P1: and the program does not notice. One way to end after the other: {@link VerdictTableTest}. */
class VerdictTest {

    @Test
    void a_method_that_throws_fails_its_run_and_the_program_sees_the_same_exception() {
        Result plain = Program.of(Throwing.class).withoutAgent().run();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Throwing.class).against(pluto).run();

            assertThat(result.exitCode()).isEqualTo(plain.exitCode()).isEqualTo(1);
            assertThat(result.stdout()).isEqualTo(plain.stdout()).startsWith("true");
            assertThat(result.otherLines()).isEqualTo(plain.otherLines());
            assertThat(plain.otherLines().get(0)).startsWith("Exception in thread \"main\" ");
            assertThat(pluto.runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.FAILED);
            FakeRun run = pluto.run(2);
            assertThat(run.statusMetadata())
                    .containsEntry("exception", "java.lang.IllegalStateException")
                    .containsEntry("message", "diverged at epoch 3")
                    .containsKey("duration_seconds");
            String stack = plain.stderr().substring("Exception in thread \"main\" ".length());
            assertThat(run.statusMetadata()).extractingByKey("stack").isEqualTo(stack);
            assertThat(stack)
                    .contains("Caused by: java.lang.ArithmeticException: / by zero")
                    .contains("Suppressed: java.lang.Exception: and the checkpoint is gone");
            assertThat(result.agentLines()) // of two runs that end one after the other either line may come first
                    .hasSize(4)
                    .anyMatch(line -> line.matches(
                            "pluto: run VER-2 FAILED after [0-9.]+ s \\(java.lang.IllegalStateException\\): .*"));
        }
    }

    @Test
    void a_call_inside_a_call_joins_its_run_or_opens_its_own() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Nested.class).against(pluto).run();

            assertThat(result.stdout().lines())
                    .containsExactly(
                            "outer NES-1",
                            "joins NES-1",
                            "outer NES-1",
                            "opens NES-2",
                            "joins NES-2",
                            "outer NES-1",
                            "outer NES-1",
                            "after false");
            assertThat(pluto.runs().stream().map(run -> run.name() + " " + run.status()))
                    .containsExactly("outer COMPLETED", "opens COMPLETED", "fails FAILED");
        }
    }

    @Test
    void parallel_calls_are_parallel_runs() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Parallel.class).against(pluto).run();

            assertThat(pluto.runs()).hasSize(4);
            assertThat(result.stdout().lines().filter(line -> line.contains(" is ")))
                    .containsExactlyInAnyOrderElementsOf(pluto.runs().stream()
                            .map(run -> run.name() + " is " + run.id())
                            .toList());
            for (FakeRun run : pluto.runs()) {
                assertThat(run.status())
                        .isEqualTo(run.name().equals("number 3") ? RunStatus.FAILED : RunStatus.COMPLETED);
            }
        }
    }
}
