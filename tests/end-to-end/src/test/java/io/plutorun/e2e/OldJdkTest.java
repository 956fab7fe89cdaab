package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P1 on a JDK that is too old for the agent: only {@code -Dpluto.jdks} names such ones, and where it names none, nothing runs here. */
class OldJdkTest {

    private static final Path CLASSES = new Sources()
            .classPath(Program.annotationsJar())
            .options("--release", "8")
            .file("Training.java", """
                    public class Training {
                        public static void main(String[] args) {
                            System.out.println("trained to " + train(3));
                            System.err.println("a warning of the program's own");
                            System.exit(4);
                        }
                        @io.plutorun.PlutoRun
                        static int train(int epochs) {
                            return epochs * 2;
                        }
                    }
                    """)
            .compile();

    private static Program training(Jdk jdk) {
        return Program.of("Training")
                .classPath(CLASSES, Program.annotationsJar())
                .on(jdk);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("io.plutorun.e2e.Jdk#tooOld")
    void P1_on_a_jvm_that_is_too_old_one_line_says_that_java_17_is_needed_and_the_program_runs_as_ever(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result plain = training(jdk).withoutAgent().run();
            Result result = training(jdk).against(pluto).run();

            assertThat(result.agentLines())
                    .containsExactly("pluto: the agent needs Java 17 or newer, this JVM is Java " + jdk.feature()
                            + "; the program runs untracked");
            assertThat(result.otherLines()).isEqualTo(plain.otherLines()).hasSize(1);
            assertThat(result.stdout()).isEqualTo(plain.stdout()).isEqualTo("trained to 6\n");
            assertThat(result.exitCode()).isEqualTo(plain.exitCode()).isEqualTo(4);
            assertThat(pluto.exchanges()).isEmpty();
        }
    }

    /** The agent is a command too, and its main class is a class file that an old JVM can load. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("io.plutorun.e2e.Jdk#tooOld")
    void the_agents_commands_say_on_a_jvm_that_is_too_old_that_java_17_is_needed(Jdk jdk) {
        Result result = Program.command("-jar", Program.agentJar().toString(), "sync")
                .withoutAgent()
                .on(jdk)
                .run();

        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).contains("needs Java 17 or newer, this JVM is Java " + jdk.feature());
        assertThat(result.exitCode()).isNotZero();
    }
}
