package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plutorun.e2e.programs.OneRun;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P1: other agents do all of their work beside ours, whichever the JVM starts first, and a tracked call is one run. */
class OtherAgentsTest {

    enum Order {
        OURS_FIRST,
        OURS_LAST;

        /** The options that start both. */
        String[] with(String other) {
            String ours = "-javaagent:" + Program.agentJar();
            return this == OURS_FIRST ? new String[] {ours, other} : new String[] {other, ours};
        }
    }

    static Stream<Arguments> jdksAndOrders() {
        return Jdk.all().stream().flatMap(jdk -> Arrays.stream(Order.values()).map(order -> Arguments.of(jdk, order)));
    }

    /** JaCoCo knows a class by a checksum of its file, so that one which it sees woven would count as never covered. */
    @ParameterizedTest
    @MethodSource("jdksAndOrders")
    void jacoco_reports_what_it_reports_without_us(Jdk jdk, Order order) throws IOException {
        Path alone = Directories.fresh().resolve("jacoco.exec");
        Path beside = Directories.fresh().resolve("jacoco.exec");
        try (FakePluto pluto = FakePluto.start()) {
            Result without = Program.of(OneRun.class)
                    .on(jdk)
                    .withoutAgent()
                    .jvmOption(jacoco(alone))
                    .run();
            Result result = Program.of(OneRun.class)
                    .on(jdk)
                    .withoutAgent()
                    .jvmOption(order.with(jacoco(beside)))
                    .against(pluto)
                    .run();

            assertOneCompletedRun(pluto, "one run");
            assertThat(result.otherLines()).isEqualTo(without.otherLines());
            assertThat(linesOf(OneRun.class, beside))
                    .isEqualTo(linesOf(OneRun.class, alone))
                    .contains("train: 4 of 4 lines");
        }
    }

    /** The mock's call ends before the method's body, and so before the agent hears of it. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_mocked_call_is_no_run_and_one_that_is_spied_upon_is_one(Jdk jdk) {
        assertThat(mocked(jdk, Order.OURS_FIRST.with(mockito()))).isEqualTo("""
                before: trained by MOC-1
                mock: null
                stubbed: as told
                spy: trained by MOC-2
                after: trained by MOC-3
                """);
    }

    @Test
    void mockito_may_also_attach_itself_when_the_first_mock_is_made() {
        assertThat(mocked(Jdk.newest(), "-javaagent:" + Program.agentJar(), "-XX:+EnableDynamicAgentLoading"))
                .contains("spy: trained by MOC-2", "after: trained by MOC-3");
    }

    /** Of two agents that retransform, the JVM lets the one that was started last work around the other. */
    @Test
    void behind_mockitos_agent_a_mocked_call_is_a_run_too() {
        assertThat(mocked(Jdk.newest(), Order.OURS_LAST.with(mockito()))).isEqualTo("""
                before: trained by MOC-1
                mock: null
                stubbed: as told
                spy: trained by MOC-5
                after: trained by MOC-7
                """);
    }

    /** What a program prints whose tracked class is mocked. */
    private static String mocked(Jdk jdk, String... agents) {
        Path classes = new Sources()
                .resource("mocked/Mocked.java")
                .classPath(Stream.concat(Stream.of(Program.annotationsJar()), Stream.of(ThirdPartyJars.jars("mockito")))
                        .toArray(Path[]::new))
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("mocked.Mocked")
                    .classPath(classes, Program.annotationsJar())
                    .alsoOnClassPath(ThirdPartyJars.jars("mockito"))
                    .on(jdk)
                    .withoutAgent()
                    .jvmOption("-Xshare:off") // else the JVM complains of Mockito, which adds to the boot class path
                    .jvmOption(agents)
                    .against(pluto)
                    .run();

            assertThat(pluto.runs()).extracting(FakeRun::name).containsOnly("Trainer.train");
            assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
            return result.stdout();
        }
    }

    private static String mockito() {
        return "-javaagent:" + ThirdPartyJars.jar("mockito", "mockito-core");
    }

    /** It retransforms the class that it counts calls of, which must stay woven. */
    @ParameterizedTest
    @MethodSource("jdksAndOrders")
    void async_profiler_counts_the_calls_of_a_tracked_method(Jdk jdk, Order order) throws IOException {
        Path profile = Directories.fresh().resolve("calls.collapsed");
        String profiler = "-agentpath:" + asyncProfiler() + "=start,event=" + OneRun.class.getName()
                + ".train,collapsed,file=" + profile;
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(OneRun.class)
                    .on(jdk)
                    .withoutAgent()
                    .jvmOption(order.with(profiler))
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).contains("active true, resumed false, DIG-1");
            assertOneCompletedRun(pluto, "one run");
            assertThat(Files.readAllLines(profile)).singleElement().asString().endsWith("OneRun.train 1");
        }
    }

    /** It knows OkHttp in whatever loader; ours has another name. */
    @ParameterizedTest
    @MethodSource("jdksAndOrders")
    @Tag("compat")
    void opentelemetry_traces_a_tracked_method_and_leaves_our_requests_alone(Jdk jdk, Order order) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(OneRun.class)
                    .on(jdk)
                    .withoutAgent()
                    .jvmOption(
                            order.with("-javaagent:" + ThirdPartyJars.jar("opentelemetry", "opentelemetry-javaagent")))
                    .property("otel.traces.exporter", "console")
                    .property("otel.metrics.exporter", "none")
                    .property("otel.logs.exporter", "none")
                    .property("otel.instrumentation.methods.include", OneRun.class.getName() + "[train]")
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).contains("active true, resumed false, DIG-1");
            assertOneCompletedRun(pluto, "one run");
            assertThat(result.otherLines())
                    .filteredOn(line -> line.contains("LoggingSpanExporter"))
                    .singleElement()
                    .asString()
                    .contains("'OneRun.train'");
        }
    }

    private static void assertOneCompletedRun(FakePluto pluto, String name) {
        assertThat(pluto.runs()).singleElement().satisfies(run -> {
            assertThat(run.name()).isEqualTo(name);
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        });
    }

    private static String jacoco(Path file) {
        return "-javaagent:" + ThirdPartyJars.jar("jacoco", "org.jacoco.agent") + "=destfile=" + file
                + ",includes=io.plutorun.e2e.programs.*";
    }

    /** The coverage of a class's methods, as JaCoCo's own reports count it; empty where its file is not the one that was executed. */
    private static List<String> linesOf(Class<?> program, Path execution) throws IOException {
        ExecFileLoader executed = new ExecFileLoader();
        executed.load(execution.toFile());
        CoverageBuilder coverage = new CoverageBuilder();
        new Analyzer(executed.getExecutionDataStore(), coverage)
                .analyzeAll(Program.programs()
                        .resolve(program.getName().replace('.', '/') + ".class")
                        .toFile());
        assertThat(coverage.getNoMatchClasses())
                .extracting(IClassCoverage::getName)
                .isEmpty();
        return coverage.getClasses().stream()
                .flatMap(covered -> covered.getMethods().stream())
                .map(method -> method.getName() + ": " + lines(method.getLineCounter()))
                .toList();
    }

    private static String lines(ICounter counter) {
        return counter.getCoveredCount() + " of " + counter.getTotalCount() + " lines";
    }

    /** The library for this machine; its jar has it for two kinds of Linux. */
    private static Path asyncProfiler() throws IOException {
        String architecture = System.getProperty("os.arch");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "async-profiler's library here is one for Linux");
        String folder = architecture.equals("aarch64") ? "linux-arm64" : "linux-x64";
        try (JarFile jar = new JarFile(
                ThirdPartyJars.jar("async-profiler", "async-profiler").toFile())) {
            ZipEntry entry = jar.getEntry(folder + "/libasyncProfiler.so");
            Path library = Directories.fresh().resolve("libasyncProfiler.so");
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, library);
            }
            return library;
        }
    }
}
