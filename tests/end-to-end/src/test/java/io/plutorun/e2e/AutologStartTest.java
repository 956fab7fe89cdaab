package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code PLUTO_AUTOLOG_START}: a program in which no method is tracked has a run from its first training on. */
class AutologStartTest {

    private static final FrameworkTraining TRAINING = FrameworkTraining.of("TribuoTraining", "tribuo-4.3.2");

    private static Program program(String what) {
        return TRAINING.program(what).env("PLUTO_METHODS", "").env("PLUTO_AUTOLOG_START", "true");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_first_training_opens_the_run_of_all_of_them_and_the_program_is_as_it_was(Jdk jdk) {
        Result without = TRAINING.withoutAgent("all");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program("all").on(jdk).against(pluto).run();

            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).name()).isEqualTo("TribuoTraining");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).tags()).contains("framework:tribuo");
            assertThat(pluto.run(1).config()).containsKeys("tribuo", "tribuo.2", "tribuo.3", "tribuo.4");
            assertThat(pluto.ingested(1).metricNames())
                    .contains("tribuo/average loss", "tribuo/MACRO/F1", "tribuo.3/average loss", "tribuo.4/MACRO/F1");
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @Test
    void P5_the_run_ends_as_the_process_does() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program("fail").against(pluto).run();

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(String.valueOf(pluto.run(1).statusMetadata())).contains("diverged");
        }
    }

    @Test
    void P4_trainings_that_begin_at_the_same_time_have_one_run() {
        try (FakePluto pluto = FakePluto.start()) {
            program("threads").against(pluto).run();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.ingested(1).metricNames()).contains("tribuo/average loss", "tribuo.2/average loss");
        }
    }

    @Test
    void P5_a_cancel_on_the_page_reaches_the_loop() {
        try (FakePluto pluto = FakePluto.start()) {
            Running running = program("forever")
                    .against(pluto)
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .start();
            pluto.await(
                    p -> !p.runs().isEmpty()
                            && p.series(1, "tribuo/average loss").size() > 20,
                    Await.LONG);
            pluto.cancel(1);
            Result result = running.await();

            assertThat(result.stdout()).endsWith("finally\n");
            assertThat(result.stderr()).contains(FrameworkTraining.CANCELLATION);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    @Test
    void a_program_that_uses_a_framework_and_trains_nothing_has_no_run_and_no_line() {
        assertHasNone(() -> program("load"));
    }

    @Test
    void where_it_is_not_switched_on_a_training_opens_no_run() {
        assertHasNone(() -> program("train").env("PLUTO_AUTOLOG_START", ""));
    }

    @Test
    void where_methods_are_named_a_training_opens_no_run() {
        assertHasNone(() -> program("train").env("PLUTO_METHODS", "com.acme.Other#train"));
        assertHasNone(() -> program("train").env("PLUTO_AUTOLOG", "false"));
    }

    @Test
    void a_tool_has_no_run_though_it_trains() {
        Path[] classPath = TRAINING.classPath();
        Path tool = new Sources()
                .file("org/gradle/launcher/Tool.java", """
                        package org.gradle.launcher;

                        public class Tool {
                            public static void main(String[] args) throws Exception {
                                autolog.TribuoTraining.main(args);
                            }
                        }
                        """)
                .classPath(classPath)
                .compile();

        assertHasNone(() -> Program.of("org.gradle.launcher.Tool", "train")
                .classPath(classPath)
                .alsoOnClassPath(tool)
                .env("PLUTO_AUTOLOG_START", "true"));
    }

    private static void assertHasNone(Supplier<Program> program) {
        Result without = program.get().withoutAgent().run();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program.get().against(pluto).run();

            assertThat(result.stdout()).isEqualTo(without.stdout());
            assertThat(result.stderr()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.exchanges()).isEmpty();
        }
    }
}
