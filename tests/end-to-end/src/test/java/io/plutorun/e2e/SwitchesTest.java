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
    void an_agent_that_is_attached_twice_works_once_and_says_so(Jdk jdk) throws IOException {
        Path copy = Directories.fresh().resolve("pluto-agent.jar");
        Files.copy(Program.agentJar(), copy);

        assertWorksOnce(Program.of(OneRun.class).on(jdk).jvmOption("-javaagent:" + Program.agentJar()));
        assertWorksOnce(Program.of(OneRun.class).on(jdk).jvmOption("-javaagent:" + copy));
        assertWorksOnce(Program.of(OneRun.class).on(jdk).env("JAVA_TOOL_OPTIONS", "-javaagent:" + Program.agentJar()));
    }

    private static void assertWorksOnce(Program program) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program.against(pluto).run();

            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
            assertThat(result.stdout()).contains("active true");
            assertThat(result.agentLines()).hasSize(3);
            assertThat(result.agentLines().get(0))
                    .isEqualTo("pluto: the agent is attached already; it works once, this second time is ignored");
            assertThat(result.otherLines()).allMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void switched_off_the_agent_does_nothing_and_in_noop_mode_nothing_leaves_the_jvm(Jdk jdk) {
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

    private static final String SECURED = """
            public class Secured {
                public static void main(String[] args) {
                    if (args.length > 0) {
                        Trainer.train("before");
                        System.setSecurityManager(new SecurityManager());
                    }
                    Trainer.train("under it");
                    try {
                        System.getProperty("user.home");
                        System.out.println("all is allowed");
                    } catch (SecurityException e) {
                        System.out.println("not allowed: " + e.getMessage());
                    }
                }
                static class Trainer {
                    @io.plutorun.PlutoRun
                    static void train(String when) {
                        System.out.println(when + " " + io.plutorun.Pluto.current().isActive());
                    }
                }
            }
            """;

    private static final String NOT_ALLOWED =
            "not allowed: access denied (\"java.util.PropertyPermission\" \"user.home\" \"read\")\n";

    private static Program secured(Jdk jdk, String... arguments) {
        Path classes = new Sources()
                .file("Secured.java", SECURED)
                .classPath(Program.annotationsJar())
                .compile();
        return Program.of("Secured", arguments)
                .classPath(classes, Program.annotationsJar())
                .on(jdk);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withSecurityManager")
    void under_a_security_manager_that_comes_later_runs_are_tracked_and_the_program_may_do_no_more_than_before(
            Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = secured(jdk, "sets one")
                    .property("java.security.manager", "allow")
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("before true\nunder it true\n" + NOT_ALLOWED);
            assertThat(result.otherLines()).allMatch(line -> line.startsWith("WARNING: "));
            assertThat(pluto.runs())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withSecurityManager")
    void a_policy_that_trusts_the_agents_jar_is_enough(Jdk jdk) throws IOException {
        Path policy = Files.writeString(
                Directories.fresh().resolve("policy"),
                "grant codeBase \"" + Program.agentJar().toUri() + "\" { permission java.security.AllPermission; };");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = secured(jdk)
                    .property("java.security.manager", "")
                    .property("java.security.policy", policy.toString())
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("under it true\n" + NOT_ALLOWED);
            assertThat(result.otherLines()).allMatch(line -> line.startsWith("WARNING: "));
            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_agents_jar_can_be_run_as_a_command(Jdk jdk) {
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
