package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.AgentClasses;
import io.plutorun.e2e.programs.OneRun;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agent without the packer: one pass over the main job, the worst ending and TLS. What fails with the packed jar and passes here is a
 * fault of the packer. {@code -Dpluto.plain=true} runs any other test so.
 */
class PlainJarTest {

    @Test
    void the_plain_jar_has_all_classes_of_the_libraries_under_their_own_names() throws IOException {
        Path engine = Directories.fresh().resolve("engine.jar");
        try (JarFile jar = new JarFile(Program.plainAgentJar().toFile());
                InputStream in = jar.getInputStream(jar.getEntry("pluto-engine.jar"))) {
            Files.copy(in, engine);
        }
        try (ZipFile archive = new ZipFile(engine.toFile())) {
            assertThat(archive.stream().map(Object::toString))
                    .contains(
                            "io/plutorun/agent/run/Tracker.class",
                            "java/lang/PlutoBridge.class",
                            "okhttp3/OkHttpClient.class",
                            "kotlin/collections/ArraysKt.class",
                            "net/bytebuddy/ByteBuddy.class")
                    .noneMatch(name -> name.startsWith("io/plutorun/agent/okhttp3/"))
                    .noneMatch(name -> name.contains("$$Lambda"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_first_run(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(OneRun.class)
                    .agent(Program.plainAgentJar())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout().lines())
                    .containsExactly("before: false", "active true, resumed false, DIG-1", "after: false");
            assertThat(result.otherLines()).isEmpty();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void the_program_can_not_find_the_libraries() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(AgentClasses.class, "okhttp3.OkHttpClient", "net.bytebuddy.ByteBuddy")
                    .agent(Program.plainAgentJar())
                    .against(pluto)
                    .run();

            assertThat(result.stdout().lines())
                    .containsExactly(
                            "okhttp3.OkHttpClient: false false false null",
                            "net.bytebuddy.ByteBuddy: false false false null");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    static Stream<EndingCase> outOfMemory() {
        return EndingCases.all().stream()
                .filter(ending -> ending.toString().contains("out-of-memory"))
                .map(ending -> ending.agent(Program.plainAgentJar()));
    }

    @ParameterizedTest
    @MethodSource("outOfMemory")
    void an_out_of_memory_error(EndingCase ending) throws IOException, InterruptedException {
        ending.hold(Jdk.current());
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_run_over_tls(Jdk jdk) throws IOException {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .signedBy(authority)
                .build();
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        Path authorities = Files.writeString(Directories.fresh().resolve("ca.pem"), authority.certificatePem());
        try (FakePluto pluto =
                FakePluto.builder().tls(server.sslSocketFactory()).start()) {
            Result result = Outage.program()
                    .agent(Program.plainAgentJar())
                    .on(jdk)
                    .against(pluto)
                    .env("PLUTO_CA_FILE", authorities.toString())
                    .run();

            Outage.assertUnnoticed(result);
            Outage.assertCompletedOnline(result, pluto);
        }
    }
}
