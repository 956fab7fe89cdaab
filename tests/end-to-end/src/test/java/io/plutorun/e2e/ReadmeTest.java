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
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What README.md and docs/offline.md show is what happens: the commands are run, and their output must stand there. Only names that
 * differ from machine to machine are replaced by those of the page.
 */
class ReadmeTest {

    private static final String HOST = "pluto.internal";
    private static final Path README = Path.of(System.getProperty("pluto.readme"));

    private static final Pattern AGENT_LINE_IN_TABLE = Pattern.compile("(?m)^\\| `(pluto: [^`]+)`");

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
        assertStandsInThePage(block);
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
        assertStandsInThePage(block);
    }

    /** The agent's lines in the README's table "If it does not work"; "…" stands for any text. */
    @Test
    void P3_the_lines_of_the_readme_s_table_of_problems_are_the_agent_s() throws IOException {
        List<String> said = new ArrayList<>();
        try (FakePluto pluto = FakePluto.start();
                Socket nobodyListens = new Socket()) {
            nobodyListens.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            said.addAll(problem(program -> {}));
            said.addAll(problem(program -> program.against(pluto).env("PLUTO_API_KEY", pluto.expiredKey())));
            said.addAll(problem(program -> program.env("PLUTO_API_KEY", "mlps_fake")
                    .env("PLUTO_URL_API", "http://127.0.0.1:" + nobodyListens.getLocalPort())
                    .env("PLUTO_START_TIMEOUT", "1s")));
            said.addAll(problem(program -> program.env("PLUTO_METHODS", OneRun.class.getName() + "#trian")));
            said.addAll(problem(program -> program.env("PLUTO_METHODS", "com.acme.Trianer#train")));
            said.addAll(problem(program -> program.env("PLUTO_TAG", "first try")));
            said.addAll(problem(program -> program.property("surefire.test.class.path", "here")));
        }
        List<String> shown = AGENT_LINE_IN_TABLE
                .matcher(Files.readString(README))
                .results()
                .map(line -> line.group(1))
                .toList();

        assertThat(shown)
                .hasSize(7)
                .allSatisfy(line -> assertThat(said)
                        .anySatisfy(one -> assertThat(one)
                                .matches(Stream.of(line.split("…", -1))
                                        .map(Pattern::quote)
                                        .collect(Collectors.joining(".*")))));
    }

    private List<String> problem(Consumer<Program> setUp) {
        Program program = Program.of(OneRun.class).directory(directory);
        setUp.accept(program);
        return program.run().agentLines().stream()
                .map(line -> line.replace("OneRun.train", "Trainer.train")
                        .replace(OneRun.class.getName(), "Trainer")
                        .replace("within 1.0 s", "within 10.0 s"))
                .toList();
    }

    private static FakePluto pluto() {
        return FakePluto.builder()
                .appUrl(URI.create("http://" + HOST + ":3000"))
                .start();
    }

    private static String named(String line, FakePluto pluto) {
        return line.replace(pluto.apiUrl().toString(), "http://" + HOST + ":3001");
    }

    private static void assertStandsInThePage(List<String> block) throws IOException {
        String indented =
                block.stream().map(line -> line.isEmpty() ? "" : "    " + line).collect(Collectors.joining("\n"));
        assertThat(Files.readString(README.resolveSibling("docs/offline.md")))
                .as("docs/offline.md, to be brought into line with what happens")
                .contains(indented);
    }
}
