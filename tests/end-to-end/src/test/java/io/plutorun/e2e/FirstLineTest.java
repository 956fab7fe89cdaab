package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.LoadedOnly;
import io.plutorun.e2e.programs.Work;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run does not load on its way, as far as it does not depend on the clock: docs/performance.md says what each would cost. */
class FirstLineTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_run_over_http_makes_the_jdk_set_up_nothing_large(Jdk jdk) throws IOException {
        Path classes = Directories.fresh().resolve("classes.log");
        try (FakePluto pluto = FakePluto.start()) {
            Program.of(Work.class)
                    .on(jdk)
                    .against(pluto)
                    .jvmOption("-Xlog:class+load:file=" + classes)
                    .run();

            assertThat(pluto.runs()).extracting(FakeRun::status).containsExactly(RunStatus.COMPLETED);
        }
        assertThat(loaded(classes))
                .contains("io.plutorun.agent.okhttp3.OkHttpClient")
                .as("TLS")
                .noneMatch(name -> name.startsWith("sun.security.ssl."))
                .as("the JDK's security providers: OkHttp's look for Conscrypt")
                .doesNotContain("sun.security.provider.Sun", "sun.security.pkcs11.SunPKCS11")
                .as("tables of Unicode: OkHttp's look at the host's name")
                .noneMatch(name -> name.startsWith("jdk.internal.icu."))
                .as("a record's methods from method handles")
                .doesNotContain("java.lang.runtime.ObjectMethods")
                .as("classes for the agent's lambdas")
                .noneMatch(name -> name.matches("(io\\.plutorun\\.agent|okhttp3|okio|kotlin)\\..*\\$\\$Lambda.*/0x.*"))
                .as("management beans, and logging")
                .noneMatch(name -> name.startsWith("sun.management.") || name.startsWith("java.util.logging."));
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void what_a_run_needs_is_made_ready_when_its_class_is_loaded_and_nothing_is_opened(Jdk jdk) throws IOException {
        Path classes = Directories.fresh().resolve("classes.log");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(LoadedOnly.class)
                    .on(jdk)
                    .against(pluto)
                    .jvmOption("-Xlog:class+load:file=" + classes)
                    .run();

            assertThat(result.stdout().replace(classes.toString(), ""))
                    .contains("files []")
                    .doesNotContain("socket:", ".pluto/", "pluto-");
            assertThat(result.otherLines())
                    .allMatch(line -> line.matches("pluto-(warmup|environment)-\\d, daemon true, loader null"));
            assertThat(result.agentLines()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.exchanges()).isEmpty();
        }
        assertThat(loaded(classes))
                .contains(
                        "io.plutorun.agent.okhttp3.internal.http1.Http1ExchangeCodec",
                        "io.plutorun.agent.http.Fields",
                        "com.fasterxml.jackson.core.json.ReaderBasedJsonParser");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void where_nothing_will_be_sent_nothing_is_made_ready(Jdk jdk) throws IOException {
        Path classes = Directories.fresh().resolve("classes.log");
        Result result = Program.of(LoadedOnly.class)
                .on(jdk)
                .env("PLUTO_MODE", "noop")
                .jvmOption("-Xlog:class+load:file=" + classes)
                .run();

        assertThat(result.stderr()).isEmpty();
        assertThat(loaded(classes)).contains("io.plutorun.agent.Wiring").noneMatch(name -> name.contains("okhttp3."));
    }

    private static List<String> loaded(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.substring(line.lastIndexOf(']') + 1, line.indexOf(" source: "))
                            .strip())
                    .toList();
        }
    }
}
