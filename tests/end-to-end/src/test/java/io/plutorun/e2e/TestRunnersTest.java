package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A JVM that a test runner started makes no runs. The runners here are classes of their names; {@code TrackedUnderSurefire} runs in the
 * real one.
 */
class TestRunnersTest {

    private static final String LINE =
            "pluto: Trained.train runs untracked, as this JVM runs tests (%s); set PLUTO_MODE=online to"
                    + " track them, PLUTO_MODE=noop to hear no more of it";

    private static final List<String> MAIN_CLASSES = List.of(
            "worker.org.gradle.process.internal.worker.GradleWorkerMain",
            "org.junit.platform.console.ConsoleLauncher",
            "com.intellij.rt.junit.JUnitStarter",
            "org.eclipse.jdt.internal.junit.runner.RemoteTestRunner",
            "sbt.ForkMain",
            "com.google.testing.junit.runner.BazelTestRunner");

    private static final Path CLASSES = classes();

    private static Path classes() {
        Sources sources = new Sources()
                .classPath(Program.annotationsJar())
                .options("--release", "17")
                .file("trained/Trained.java", """
                        package trained;

                        public class Trained {
                            @io.plutorun.PlutoRun
                            public static void train() {
                                System.out.println("trained");
                            }
                        }
                        """);
        for (String name : MAIN_CLASSES) {
            int dot = name.lastIndexOf('.');
            sources.file(
                    name.replace('.', '/') + ".java", """
                    package %s;

                    public class %s {
                        public static void main(String[] args) {
                            trained.Trained.train();
                            trained.Trained.train();
                        }
                    }
                    """.formatted(name.substring(0, dot), name.substring(dot + 1)));
        }
        return sources.compile();
    }

    private static void assertUntracked(Program program, String runner) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program.against(pluto).run();

            assertThat(result.stdout()).isEqualTo("trained\ntrained\n");
            assertThat(result.stderr()).isEqualTo(LINE.formatted(runner) + "\n");
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.exchanges()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "worker.org.gradle.process.internal.worker.GradleWorkerMain | 'Gradle Test Executor 1' | Gradle's test worker",
                "org.junit.platform.console.ConsoleLauncher | execute | the JUnit console launcher",
                "com.intellij.rt.junit.JUnitStarter | -junit5 | IntelliJ IDEA",
                "org.eclipse.jdt.internal.junit.runner.RemoteTestRunner | -port | Eclipse or VS Code",
                "sbt.ForkMain | 127.0.0.1 | sbt",
                "com.google.testing.junit.runner.BazelTestRunner | -v | Bazel",
            })
    void a_main_class_of_a_test_runner_makes_no_runs_and_one_line_says_so(String main, String argument, String runner) {
        assertUntracked(Program.of(main, argument).classPath(CLASSES, Program.annotationsJar()), runner);
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_jvm_of_surefire_makes_no_runs_and_one_line_says_so(Jdk jdk) {
        Path booter = Jars.named("surefirebooter-20261121_1.jar", Map.of("Main-Class", "sbt.ForkMain"), CLASSES);
        assertUntracked(Program.command("-jar", booter.toString()).on(jdk), "Maven Surefire or Failsafe");
    }

    @ParameterizedTest
    @CsvSource({"PLUTO_MODE, online", "PLUTO_ENABLED, true"})
    void a_setting_makes_runs_in_a_jvm_of_a_test_runner(String variable, String value) {
        try (FakePluto pluto = FakePluto.start()) {
            Program.of("com.intellij.rt.junit.JUnitStarter")
                    .classPath(CLASSES, Program.annotationsJar())
                    .against(pluto)
                    .env(variable, value)
                    .run();

            assertThat(pluto.runs())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_worker_of_gradle_that_runs_no_tests_makes_runs(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Program.of("worker.org.gradle.process.internal.worker.GradleWorkerMain", "'Gradle Worker Daemon 1'")
                    .classPath(CLASSES, Program.annotationsJar())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(pluto.runs()).hasSize(2);
        }
    }
}
