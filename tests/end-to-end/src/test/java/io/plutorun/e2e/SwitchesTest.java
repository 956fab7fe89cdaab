package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.OneRun;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent attached twice, switched off, and started as a program. */
class SwitchesTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void attached_twice_it_works_once_and_says_so(Jdk jdk) throws IOException {
        Path copy = Directories.fresh().resolve("pluto-agent.jar");
        Files.copy(Program.agentJar(), copy);
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(OneRun.class)
                    .on(jdk)
                    .against(pluto)
                    .jvmOption("-javaagent:" + copy)
                    .run();

            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
            assertThat(result.stdout()).contains("active true");
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(0))
                    .isEqualTo("pluto: the agent is attached already; it works once, this second time is ignored");
            assertThat(result.otherLines()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void switched_off_it_does_nothing_and_in_noop_mode_nothing_that_leaves_the_jvm(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result without = Program.of(OneRun.class).on(jdk).withoutAgent().run();
            assertThat(without.stdout()).contains("active false, resumed false, none");

            assertThat(Program.of(OneRun.class)
                            .on(jdk)
                            .against(pluto)
                            .env("PLUTO_ENABLED", "false")
                            .run())
                    .isEqualTo(without);
            assertThat(Program.of(OneRun.class)
                            .on(jdk)
                            .against(pluto)
                            .env("PLUTO_MODE", "noop")
                            .run())
                    .isEqualTo(without);
            assertThat(pluto.exchanges()).isEmpty();
        }
    }

    /** There is none any more from Java 24 on. */
    static List<Jdk> withSecurityManager() {
        return Jdk.all().stream().filter(jdk -> jdk.feature() < 24).toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withSecurityManager")
    void under_a_security_manager_that_forbids_it_all_the_program_goes_on_untracked(Jdk jdk) {
        Result without = Program.of(OneRun.class)
                .on(jdk)
                .property("java.security.manager", "")
                .withoutAgent()
                .run();
        Result result = Program.of(OneRun.class)
                .on(jdk)
                .property("java.security.manager", "")
                .run();

        assertThat(without.stdout()).contains("active false, resumed false, none");
        assertThat(result.stdout()).isEqualTo(without.stdout());
        assertThat(result.otherLines()).isEqualTo(without.otherLines());
        assertThat(result.agentLines())
                .singleElement()
                .asString()
                .startsWith("pluto: the agent could not start (")
                .endsWith("; the program runs untracked");
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_jar_is_a_command_too(Jdk jdk) {
        Result version = command(jdk, "version");
        assertThat(version.stdout()).matches("pluto-agent [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
        assertThat(version.stderr()).isEmpty();
        assertThat(version.exitCode()).isZero();

        Result help = command(jdk);
        assertThat(help.stdout()).contains("-javaagent:pluto-agent.jar", "PLUTO_METHODS");
        assertThat(help.stderr()).isEmpty();
        assertThat(help.exitCode()).isZero();

        Result wrong = command(jdk, "trian");
        assertThat(wrong.stdout()).isEmpty();
        assertThat(wrong.stderr())
                .startsWith("pluto: ")
                .contains("'trian'", "help")
                .hasLineCount(1);
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    private static Result command(Jdk jdk, String... arguments) {
        String[] words = new String[arguments.length + 2];
        words[0] = "-jar";
        words[1] = Program.agentJar().toString();
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return Program.command(words).on(jdk).withoutAgent().run();
    }
}
