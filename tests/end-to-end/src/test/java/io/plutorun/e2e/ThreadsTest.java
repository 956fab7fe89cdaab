package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Nested;
import io.plutorun.e2e.programs.Parallel;
import io.plutorun.e2e.programs.Threads;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P5 in company: which run a thread's code belongs to. */
class ThreadsTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_worker_belongs_to_the_only_run_and_to_that_which_is_carried_to_it(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Threads.class).on(jdk).against(pluto).run();

            assertThat(result.stdout().lines())
                    .containsExactly(
                            "before none",
                            "the only run THR-1",
                            "one of two none",
                            "carried THR-1",
                            "part THR-1",
                            "callable THR-1",
                            "supplier THR-1, then none",
                            "the same exception true, then none",
                            "an inactive run gives the task back true");
            assertThat(pluto.runs()).extracting(FakeRun::name).containsExactly("train", "other");
            assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void without_the_agent_a_task_is_given_back_as_it_is(Jdk jdk) {
        Result result = Program.of(Threads.class).on(jdk).withoutAgent().run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).contains("carried none", "an inactive run gives the task back true");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_run_that_is_opened_within_another_one_names_its_parent(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Program.of(Nested.class).on(jdk).against(pluto).run();

            FakeRun parent = pluto.run(1);
            assertThat(parent.tags()).isEmpty();
            assertThat(pluto.run(2).tags()).isEqualTo(List.of("parent:" + parent.displayId()));
            assertThat(pluto.run(2).configOfProgram()).isEqualTo(Map.of("pluto", Map.of("parent", parent.displayId())));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void where_the_run_is_the_process_s_the_calls_of_all_threads_are_part_of_it(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Program.of(Parallel.class)
                    .on(jdk)
                    .env("PLUTO_SCOPE", "process")
                    .against(pluto)
                    .run();

            assertThat(pluto.runs())
                    .as("one of them fails, and which of them is the last is chance")
                    .singleElement()
                    .extracting(FakeRun::status)
                    .isIn(RunStatus.COMPLETED, RunStatus.FAILED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void where_the_run_is_the_process_s_a_nested_call_that_wants_its_own_is_part_of_it_too_and_the_last_word_counts(
            Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Nested.class)
                    .on(jdk)
                    .env("PLUTO_SCOPE", "process")
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).contains("opens NES-1", "after true");
            assertThat(pluto.runs())
                    .as("an inner call failed, the outer one, which ended last, did not")
                    .extracting(FakeRun::status)
                    .containsExactly(RunStatus.COMPLETED);
        }
    }
}
