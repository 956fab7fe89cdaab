package io.plutorun.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.settings.Settings;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SyncTest {

    private final FakePluto pluto = FakePluto.start();
    private final Map<String, String> environment = new HashMap<>(pluto.environment());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path directory;

    SyncTest(@TempDir Path directory) {
        this.directory = directory;
        environment.put("PLUTO_DIR", directory.toString());
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private int sync(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Commands.line(
                        new Settings(name -> null, environment::get, Map.of(), Map.of()),
                        new JvmEnvironment(environment, name -> null, Clock.systemUTC()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return line.execute(
                Stream.concat(Stream.of("sync"), Stream.of(arguments)).toArray(String[]::new));
    }

    private Path recorded(String externalId, String api) throws IOException {
        return recordedIn(directory, externalId, api);
    }

    private static Path recordedIn(Path place, String externalId, String api) throws IOException {
        Path folder = Files.createDirectories(place.resolve(".pluto").resolve("jvm"));
        return Files.writeString(
                folder.resolve("1700000000000-1-" + externalId + ".jsonl"),
                "{\"journal\":1,\"agent\":\"1\",\"pid\":1,\"host\":\"h\",\"api\":\"" + api + "\"}\n"
                        + "{\"record\":\"start\",\"at\":\"2024-01-01T00:00:00Z\",\"target\":{\"create\":\"" + externalId
                        + "\"},\"project\":\"proj\",\"name\":\"n\",\"tags\":[],\"config\":{},\"loggerSettings\":{},"
                        + "\"systemMetadata\":{}}\n"
                        + "{\"record\":\"end\",\"at\":\"2024-01-01T00:01:00Z\",\"status\":\"COMPLETED\",\"evidence\":{}}\n");
    }

    @Test
    void P6_all_delivered_is_0_with_a_line_a_run_and_where_it_goes_first() throws IOException {
        recorded("a", "http://x");
        recorded("b", "http://x");

        assertThat(sync()).isZero();
        assertThat(out.toString().lines().toList().get(0)).contains("delivering to " + pluto.apiUrl(), "PLUTO_URL_API");
        assertThat(out.toString()).contains("run PRO-1 COMPLETED", "run PRO-2 COMPLETED", "2 delivered, 0 left");
        assertThat(sync()).isZero();
        assertThat(out.toString()).contains("0 delivered, 0 left");
        assertThat(pluto.runs()).hasSize(2);
    }

    @Test
    void folders_can_be_named() throws IOException {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        recordedIn(one, "a", "http://x");
        recordedIn(two, "b", "http://x");

        assertThat(sync(one.toString(), two.toString())).isZero();
        assertThat(pluto.runs()).hasSize(2);
    }

    @Test
    void P6_something_left_is_1_and_what_can_be_delivered_is() throws IOException {
        Path nonsense = Files.writeString(recorded("0", "http://x"), "nonsense\n");
        recorded("a", "http://x");

        assertThat(sync()).isEqualTo(1);
        assertThat(out.toString()).contains(nonsense + ": set aside, it can't be read: line 1", "1 delivered, 1 left");
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void a_server_that_rejects_the_key_is_asked_once_for_all_journals() throws IOException {
        pluto.faults().always(Fault.status(401, "{\"error\":\"Unauthorized\"}"));
        recorded("a", "http://x");
        recorded("b", "http://x");

        assertThat(sync()).isEqualTo(1);
        assertThat(out.toString()).contains("0 delivered, 2 left");
        assertThat(pluto.exchanges()).hasSize(1);
    }

    @Test
    void json_is_one_object_a_run_on_stdout_and_all_else_on_stderr() throws Exception {
        Path a = recorded("a", "http://x");
        Path broken = Files.writeString(recorded("b", "http://x"), "nonsense\n");

        assertThat(sync("--json")).isEqualTo(1);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(Json.parseObject(lines.get(0)))
                .containsEntry("journal", a.toString())
                .containsEntry("result", "delivered")
                .containsEntry("run", "PRO-1")
                .containsEntry("status", "COMPLETED")
                .containsKey("url");
        assertThat(Json.parseObject(lines.get(1)))
                .containsEntry("journal", broken.toString())
                .containsEntry("result", "set aside")
                .containsKey("why");
        assertThat(err.toString()).contains("delivering to", "1 delivered, 1 left");
    }

    @Test
    void a_dry_run_tells_what_lies_there_sends_nothing_and_needs_no_key() throws IOException {
        environment.remove("PLUTO_API_KEY");
        Path a = recorded("a", "http://x");

        assertThat(sync("--dry-run")).isZero();
        assertThat(out.toString())
                .contains(
                        "would deliver to " + pluto.apiUrl(),
                        a + ": not sent, as asked: new run \"n\" in project proj COMPLETED",
                        "0 delivered, 1 left");
        assertThat(pluto.exchanges()).isEmpty();
        assertThat(a).exists();
    }

    @Test
    void a_dry_run_counts_the_files_that_are_still_to_be_uploaded() throws IOException {
        Path a = recorded("a", "http://x");
        List<String> lines = Files.readAllLines(a);
        String file = "\n{\"record\":\"file\",\"logName\":\"m\",\"fileName\":\"m.bin\",\"path\":\"/m.bin\","
                + "\"size\":104857600,\"modified\":\"2024-01-01T00:00:30Z\",\"text\":null}";
        Files.writeString(a, lines.get(0) + "\n" + lines.get(1) + file + file + "\n" + lines.get(2) + "\n");

        assertThat(sync("--dry-run")).isZero();
        assertThat(out.toString()).contains("in project proj COMPLETED, 2 files of 200 MiB to upload");
        assertThat(sync("--dry-run", "--json")).isZero();
        assertThat(out.toString()).contains("\"files\":2");
    }

    @Test
    void a_dry_run_names_the_runs_that_the_server_knows_and_says_what_is_none() throws IOException {
        Path known = recorded("a", "http://x");
        List<String> lines = Files.readAllLines(known);
        Files.writeString(
                known,
                lines.get(0) + "\n" + lines.get(1)
                        + "\n{\"started\":{\"runId\":7,\"displayId\":\"PRO-7\"},\"at\":\"2024-01-01T00:00:01Z\"}\n");
        Path nonsense = Files.writeString(recorded("b", "http://x"), "nonsense\n");

        assertThat(sync("--dry-run")).isZero();
        assertThat(out.toString())
                .contains(
                        known + ": not sent, as asked: run PRO-7 without a verdict", nonsense + ": no run can be read");
        assertThat(sync("--dry-run", "--json")).isZero();
        assertThat(out.toString()).contains("\"run\":\"PRO-7\"", "\"result\":\"unreadable\"");
    }

    /** A Spark executor or a child process. It leaves the run before its values are sent. */
    @Test
    void a_dry_run_says_which_run_the_values_of_a_worker_are_of() throws IOException {
        Path journal = recorded("a", "http://x");
        String start = Files.readAllLines(journal)
                .get(1)
                .replace("{\"create\":\"a\"}", "{\"resume\":{\"runId\":7}}")
                .replace("\"name\":\"n\"", "\"name\":\"executor3\"")
                .replace("\"systemMetadata\"", "\"worker\":\"executor3\",\"systemMetadata\"");
        String header = Files.readAllLines(journal).get(0) + "\n";
        String left = "\n{\"record\":\"left\",\"at\":\"2024-01-01T00:01:00Z\"}\n";
        String started = "\n{\"started\":{\"runId\":7,\"displayId\":\"PRO-7\"},\"at\":\"2024-01-01T00:00:01Z\"}";
        Files.writeString(journal, header + start + left);

        assertThat(sync("--dry-run")).isZero();
        assertThat(out.toString())
                .contains(journal + ": not sent, as asked: values of executor3 for run number 7 in project proj\n");
        Files.writeString(journal, header + start + started + "\n");
        assertThat(sync("--dry-run")).isZero();
        assertThat(out.toString()).contains(": not sent, as asked: values of executor3 for run PRO-7\n");
        assertThat(sync("--dry-run", "--json")).isZero();
        assertThat(out.toString()).contains("\"result\":\"not sent\"", "\"worker\":\"executor3\"");
    }

    @Test
    void a_folder_that_is_not_there_is_2_and_a_line_and_the_others_are_delivered() throws IOException {
        Path there = directory.resolve("there");
        recordedIn(there, "a", "http://x");

        assertThat(sync(directory.resolve("nowhere").toString(), there.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("pluto: there is no folder " + directory.resolve("nowhere"));
        assertThat(out.toString()).contains("1 delivered, 0 left");
    }

    @Test
    void a_file_is_2_and_a_line() throws IOException {
        Path journal = recorded("a", "http://x");

        assertThat(sync(journal.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(journal + " is a file");
        assertThat(pluto.runs()).isEmpty();
    }

    @Test
    void a_file_where_the_folder_of_journals_should_be_is_2_and_a_line() throws IOException {
        Path place = Files.createDirectory(directory.resolve("place"));
        Files.createFile(place.resolve(".pluto"));

        assertThat(sync(place.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(place.resolve(".pluto") + " is a file");
    }

    @Test
    void a_folder_that_the_user_may_not_read_is_2_and_a_line() throws IOException {
        recorded("a", "http://x");
        Path folder = directory.resolve(".pluto").resolve("jvm");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(folder), "root may read everything");
        try {
            assertThat(sync()).isEqualTo(2);
            assertThat(err.toString()).contains("the folder " + folder + " can't be read by this user");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".pluto", ".pluto/jvm", ".pluto/jvm/", "./.pluto/../.pluto"})
    void the_folders_that_the_agent_itself_names_are_accepted(String inner) throws IOException {
        recorded("a", "http://x");

        assertThat(sync(directory + "/" + inner)).isZero();
        assertThat(out.toString()).contains("1 delivered, 0 left");
    }

    @Test
    void a_wrong_option_is_2_and_says_where_help_is() {
        assertThat(sync("--wrong")).isEqualTo(2);
        assertThat(err.toString()).contains("--wrong", "help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void without_a_key_nothing_can_be_sent_which_is_2() throws IOException {
        environment.remove("PLUTO_API_KEY");
        recorded("a", "http://x");

        assertThat(sync()).isEqualTo(2);
        assertThat(err.toString()).contains("PLUTO_API_KEY");
    }

    @Test
    void P7_a_self_hosted_run_is_not_sent_to_the_public_service_because_a_variable_is_missing() throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("PLUTO_URL_"));
        Path a = recorded("a", "http://pluto.acme.example");

        assertThat(sync()).isEqualTo(2);
        assertThat(out.toString()).contains("it was recorded for http://pluto.acme.example");
        assertThat(err.toString()).contains("set PLUTO_URL_API");
        assertThat(a).exists();
    }
}
