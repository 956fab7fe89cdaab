package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that are never compiled to files: sources that the launcher runs, and what is typed into JShell. */
class LaunchersTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_source_file_that_the_launcher_compiles_is_tracked(Jdk jdk) throws IOException {
        Path source = Files.writeString(Directories.fresh().resolve("Train.java"), """
                import io.plutorun.Pluto;
                import io.plutorun.PlutoRun;
                import java.util.List;

                public class Train {
                    sealed interface Phase permits Warmup, Epoch {
                        @PlutoRun
                        default String perform() { return "performed " + this; }
                    }
                    record Warmup(int batches) implements Phase {}
                    record Epoch(int number) implements Phase {}

                    @PlutoRun
                    public static void main(String[] args) {
                        System.out.println(Pluto.current().displayId().orElse("untracked"));
                        for (Phase phase : List.of(new Warmup(1), new Epoch(2))) {
                            System.out.println(phase.perform());
                        }
                    }
                }
                """);
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.command(source.toString())
                    .alsoOnClassPath(Program.annotationsJar())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("PLU-1\nperformed Warmup[batches=1]\nperformed Epoch[number=2]\n");
            assertThat(result.otherLines()).isEmpty();
            assertThat(pluto.runs()).extracting(FakeRun::name).containsExactly("Train.main");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    /** JShell executes snippets in a second JVM, which the variable reaches too; it keeps that one's stderr to itself. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_method_that_is_typed_into_jshell_is_tracked(Jdk jdk) throws IOException {
        Path directory = Directories.fresh();
        Path session = Files.writeString(directory.resolve("session.jsh"), """
                @io.plutorun.PlutoRun String train(int a) { return a + " " + io.plutorun.Pluto.current().displayId(); }
                System.out.println(train(41))
                /exit 3
                """);
        try (FakePluto pluto = FakePluto.start()) {
            Map<String, String> environment = new HashMap<>(pluto.environment());
            environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + Program.agentJar());
            environment.put("PLUTO_LOG_FILE", directory.resolve("pluto.log").toString());
            Result result = Running.start(
                            List.of(
                                    jdk.home().resolve("bin/jshell").toString(),
                                    "-J-Djava.util.prefs.userRoot=" + directory,
                                    "-J-Djava.util.prefs.syncInterval=3600",
                                    "--class-path",
                                    Program.annotationsJar().toString(),
                                    session.toString()),
                            environment,
                            directory)
                    .await();

            assertThat(result.stdout()).isEqualTo("41 Optional[PLU-1]\n");
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(pluto.runs()).hasSize(1);
            pluto.await(fake -> fake.run(1).status() == RunStatus.COMPLETED, java.time.Duration.ofSeconds(20));
            assertThat(Files.readString(directory.resolve("pluto.log"))).startsWith("pluto: run PLU-1 started: ");
        }
    }
}
