package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.OneRun;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows is what happens: its commands are run, and their output must stand there. Only names that differ from machine to
 * machine are exchanged for the README's.
 */
class ReadmeTest {

    private static final String HOST = "pluto.internal";

    private final Path directory;

    ReadmeTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void P6_the_readme_shows_what_happens_when_the_server_is_away() throws IOException {
        List<String> block = new ArrayList<>();
        try (Socket nobodyListens = new Socket()) {
            nobodyListens.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + nobodyListens.getLocalPort();
            Result training = Program.of(OneRun.class)
                    .directory(directory)
                    .env("PLUTO_API_KEY", "mlps_fake")
                    .env("PLUTO_URL_API", "http://" + address)
                    .env("PLUTO_START_TIMEOUT", "1s")
                    .run();
            block.add("$ java -javaagent:pluto-agent.jar -jar training.jar");
            training.agentLines()
                    .forEach(line -> block.add(line.replace(address, HOST + ":3001")
                            .replace("within 1.0 s", "within 10.0 s")
                            .replace("OneRun.train", "Trainer.train")
                            .replace(directory.toString(), "/home/ada")));
        }
        block.add("");
        try (FakePluto pluto = pluto()) {
            Result sync = Program.command("-jar", Program.agentJar().toString(), "sync")
                    .withoutAgent()
                    .directory(directory)
                    .against(pluto)
                    .run();
            block.add("$ java -jar pluto-agent.jar sync");
            sync.stdout().lines().forEach(line -> block.add(named(line, pluto)));
            assertThat(sync.exitCode()).isZero();
        }
        assertStandsInTheReadme(block);
    }

    @Test
    void P6_the_readme_shows_what_happens_on_a_machine_without_a_network() throws IOException {
        List<String> block = new ArrayList<>();
        Result training = Program.of(OneRun.class)
                .env("PLUTO_MODE", "offline")
                .env("PLUTO_DIR", directory.toString())
                .run();
        block.add("$ PLUTO_MODE=offline PLUTO_DIR=/data/runs java -javaagent:pluto-agent.jar -jar training.jar");
        training.agentLines()
                .forEach(line -> block.add(
                        line.replace("OneRun.train", "Trainer.train").replace(directory.toString(), "/data/runs")));
        block.add("");
        try (FakePluto pluto = pluto()) {
            // recorded without a server, the run goes to the one that is named when it is sent
            Result sync = Program.command("-jar", Program.agentJar().toString(), "sync", directory.toString())
                    .withoutAgent()
                    .against(pluto)
                    .run();
            block.add("$ java -jar pluto-agent.jar sync /data/runs");
            sync.stdout().lines().forEach(line -> block.add(named(line, pluto)));
            assertThat(sync.exitCode()).isZero();
        }
        assertStandsInTheReadme(block);
    }

    private static FakePluto pluto() {
        return FakePluto.builder()
                .appUrl(URI.create("http://" + HOST + ":3000"))
                .start();
    }

    private static String named(String line, FakePluto pluto) {
        return line.replace(pluto.apiUrl().toString(), "http://" + HOST + ":3001");
    }

    private static void assertStandsInTheReadme(List<String> block) throws IOException {
        String indented =
                block.stream().map(line -> line.isEmpty() ? "" : "    " + line).collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of(System.getProperty("pluto.readme"))))
                .as("README.md, to be brought into line with what happens")
                .contains(indented);
    }
}
