package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Work;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways to run a JVM: the tracked program says in each what it says with an agent that does nothing. What the JVM itself says of any
 * agent is told in docs/compatibility.md.
 */
class JvmModesTest {

    private static final Path EMPTY_AGENT = Jars.emptyAgent();

    /** Archives hold classes of jars only. */
    private static final Path PROGRAMS = Jars.of(Map.of(), Program.programs());

    private static Program work(Jdk jdk, Path directory, String... options) {
        return Program.of(Work.class)
                .on(jdk)
                .classPath(PROGRAMS, Program.annotationsJar())
                .directory(directory)
                .jvmOption(options);
    }

    /** The programs' own output is the same, so only the JVM's lines can differ; it begins them with the time. */
    private static List<String> lines(Result result) {
        return Stream.concat(result.stdout().lines(), result.otherLines().stream())
                .map(line -> line.replaceFirst("^\\[[0-9.,]+s]", ""))
                .toList();
    }

    private static Result tracked(Program program) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program.against(pluto).run();
            assertThat(pluto.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isIn(RunStatus.COMPLETED, RunStatus.TERMINATED));
            return result;
        }
    }

    private static void assertSame(Result ours, Result empty) {
        assertThat(lines(ours)).isEqualTo(lines(empty));
        assertThat(ours.exitCode()).isEqualTo(empty.exitCode());
    }

    static Stream<Arguments> modes() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("-Xshare:on -XX:TieredStopAtLevel=1", "-XX:+UseZGC -Xverify:all")
                        .map(mode -> Arguments.of(jdk, mode)));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void in_any_mode_the_jvm_says_what_it_says_of_an_agent_that_does_nothing(Jdk jdk, String mode) {
        Path directory = Directories.fresh();
        Result empty = work(jdk, directory)
                .withJvmDefaults()
                .jvmOption(mode.split(" "))
                .agent(EMPTY_AGENT)
                .run();
        assertSame(tracked(work(jdk, directory).withJvmDefaults().jvmOption(mode.split(" "))), empty);
    }

    /** Under whatever agent, a JVM that is to dump one says that it can't, and does not even begin. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_dynamic_archive_can_not_be_dumped_under_any_agent_and_one_made_without_is_used_as_under_any(Jdk jdk) {
        Path directory = Directories.fresh();
        boolean automatic = jdk.feature() >= 19;
        String[] dump = automatic
                ? new String[] {"-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=work.jsa"}
                : new String[] {"-XX:ArchiveClassesAtExit=work.jsa"};

        Result notDumped = work(jdk, directory, dump).agent(EMPTY_AGENT).run();
        assertThat(notDumped.stdout()).contains(refusalToDump(jdk));
        assertSame(work(jdk, directory, dump).run(), notDumped);
        assertThat(directory.resolve("work.jsa")).doesNotExist();

        work(jdk, directory, dump)
                .jvmOption("--add-modules", "java.instrument")
                .withoutAgent()
                .run();
        assertThat(directory.resolve("work.jsa")).isNotEmptyFile();
        String[] use = automatic ? dump : new String[] {"-XX:SharedArchiveFile=work.jsa"};
        assertSame(
                tracked(work(jdk, directory, use)),
                work(jdk, directory, use).agent(EMPTY_AGENT).run());
    }

    /** The JVM's reason why it dumps no archive under an agent; JDK 26 has taken away the option that its older words name. */
    private static String refusalToDump(Jdk jdk) {
        return jdk.feature() >= 26
                ? "JVMTI agents are not allowed when dumping CDS archives"
                : "Must enable AllowArchivingWithJavaAgent in order to run Java agent during CDS dumping";
    }

    static List<Jdk> withAotCache() {
        return Jdk.all().stream().filter(jdk -> jdk.feature() >= 25).toList();
    }

    /** Such a cache holds the program's classes loaded and linked: they are there before any agent. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withAotCache")
    void with_an_AOT_cache_that_was_trained_without_the_agent_the_method_is_tracked_and_nothing_is_said(Jdk jdk) {
        Path directory = Directories.fresh();
        Result plain = work(jdk, directory, "-XX:AOTCacheOutput=work.aot", "--add-modules", "java.instrument")
                .withoutAgent()
                .run();
        assertThat(directory.resolve("work.aot")).isNotEmptyFile();

        Result result = tracked(work(jdk, directory, "-XX:AOTCache=work.aot"));
        assertThat(result.stdout())
                .isEqualTo(work(jdk, directory).withoutAgent().run().stdout());
        assertThat(result.otherLines()).containsExactly("a warning of the program's own");
        assertThat(result.exitCode()).isEqualTo(plain.exitCode());
    }

    /** The JVM names each class that it leaves out of the cache: those of agents, those that agents changed, and some of its own. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withAotCache")
    void an_AOT_cache_may_be_trained_with_the_agent_too(Jdk jdk) {
        Path directory = Directories.fresh();
        Result plain = work(jdk, directory).withoutAgent().run();
        Result training = tracked(work(jdk, directory, "-XX:AOTCacheOutput=work.aot"));
        assertThat(training.exitCode()).isEqualTo(plain.exitCode());
        assertThat(training.stdout().lines().filter(line -> line.contains("Skipping ")))
                .allMatch(line -> line.matches(
                        ".*Skipping (io/plutorun/agent/launch/\\S+|java/lang/PlutoBridge): Unsupported location"
                                + "|.*Skipping io/plutorun/e2e/programs/Work: From ClassFileLoadHook"
                                + "|.*Skipping java/lang/Shutdown: (From ClassFileLoadHook|Has been redefined)"
                                + "|.*Skipping jdk/internal/event/\\S+: .*"));

        Result result = tracked(work(jdk, directory, "-XX:AOTCache=work.aot"));
        assertThat(result.stdout()).isEqualTo(plain.stdout());
        assertThat(result.otherLines()).isEqualTo(plain.otherLines());
    }
}
