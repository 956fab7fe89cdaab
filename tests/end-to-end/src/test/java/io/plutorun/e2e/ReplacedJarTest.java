package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Endings;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P5: somebody installs a new agent while a training runs that was started with the old one, as {@code cp} does: the same file, other bytes. */
class ReplacedJarTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path folder;

    ReplacedJarTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void P5_a_jar_that_is_written_over_costs_a_running_training_neither_its_end_nor_a_line(Jdk jdk) throws IOException {
        Path jar = Files.copy(Program.agentJar(), folder.resolve("pluto-agent.jar"));
        try (FakePluto pluto = FakePluto.start()) {
            Running program = Program.of(Endings.class, "goes-on-and-throws")
                    .on(jdk)
                    .agent(jar)
                    .against(pluto)
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .start();
            pluto.await(p -> !p.runs().isEmpty() && p.run(1).heartbeats() > 1, LONG);
            Files.write(jar, new byte[(int) Files.size(jar)]);
            program.endInput();
            Result result = program.await();

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.agentLines()).hasSize(2);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(result.stderr()).doesNotContain("NoClassDefFoundError");
        }
    }
}
