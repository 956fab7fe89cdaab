package io.plutorun.agent.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.settings.LogLevel;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Redactor redactor = new Redactor(Map.of());

    private Console console(LogLevel least) {
        return Console.over(out, redactor, least);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void a_message_is_one_line_whatever_is_in_it() {
        console(LogLevel.INFO).info("a\nb\r\nc\u001b[31md\u0007e\u0085f\u2028g\u2029h\u0000i\tj");

        assertThat(out.toString(UTF_8)).isEqualTo("pluto: a b  c [31md e f g h i j" + System.lineSeparator());
    }

    @Test
    void a_message_does_not_turn_the_direction_of_what_stands_behind_it() {
        console(LogLevel.INFO).info("a\u202Eb\u2066c\u200Fd\u061Ce שלום");

        assertThat(out.toString(UTF_8)).isEqualTo("pluto: a b c d e שלום" + System.lineSeparator());
    }

    @Test
    void a_message_is_one_write_so_that_lines_of_several_writers_do_not_mix() {
        List<Integer> writes = new ArrayList<>();
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                writes.add(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.add(length);
            }
        };
        Console.over(counting, redactor, LogLevel.INFO).info("héllo");

        assertThat(writes).containsExactly(("pluto: héllo" + System.lineSeparator()).getBytes(UTF_8).length);
    }

    @Test
    void a_long_message_loses_its_middle_and_keeps_what_to_do() {
        console(LogLevel.INFO)
                .info("PLUTO_CONFIG: \"" + "\uD83D\uDE00".repeat(50_000) + "\" is not understood; it is left out");

        String line = lines().get(0);
        assertThat(line)
                .startsWith("pluto: PLUTO_CONFIG: \"\uD83D\uDE00")
                .endsWith("\uD83D\uDE00\" is not understood; it is left out")
                .contains("\uD83D\uDE00 … \uD83D\uDE00")
                .hasSizeBetween(1_900, 2_020)
                .as("half a character would be a question mark")
                .doesNotContain("?");
    }

    @Test
    void P7_a_secret_is_redacted_before_a_long_message_is_cut() {
        Redactor knowing = new Redactor(Map.of("DB_PASSWORD", "correct-horse-battery"));
        Console.over(out, knowing, LogLevel.INFO)
                .info("x".repeat(1_489) + " correct-horse-battery " + "x".repeat(2_000));

        assertThat(lines().get(0)).contains(" … ").doesNotContain("correct");
    }

    @Test
    void P7_what_is_printed_passes_the_redactor() {
        console(LogLevel.DEBUG).debug("password=hunter2");

        assertThat(lines()).containsExactly("pluto: password=[redacted]");
    }

    @ParameterizedTest
    @CsvSource({
        "DEBUG, DEBUG INFO WARNING ERROR",
        "INFO, INFO WARNING ERROR",
        "WARNING, WARNING ERROR",
        "ERROR, ERROR",
        "CRITICAL, ''"
    })
    void lines_below_the_level_are_kept_back(LogLevel least, String told) {
        Console console = console(least);
        console.debug("DEBUG");
        console.info("INFO");
        console.warn("WARNING");
        console.error("ERROR");

        assertThat(out.toString(UTF_8).replace("pluto: ", "").lines().collect(Collectors.joining(" ")))
                .isEqualTo(told);
    }

    @Test
    void an_error_that_comes_again_is_told_the_first_second_fourth_and_eighth_time_of_its_kind() {
        Console console = console(LogLevel.INFO);
        for (int i = 0; i < 9; i++) {
            console.errorCounted("a", "failed");
        }
        console.errorCounted("b", "other");

        assertThat(lines())
                .containsExactly(
                        "pluto: failed",
                        "pluto: failed (time 2)",
                        "pluto: failed (time 4)",
                        "pluto: failed (time 8)",
                        "pluto: other");
    }

    @Test
    void P3_a_stream_that_fails_disturbs_nobody() {
        List<String> tried = new ArrayList<>();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                tried.add("write");
                throw new IOException("no space left on device");
            }
        };
        Console.over(full, redactor, LogLevel.INFO).info("x");

        assertThat(tried).containsExactly("write");
    }

    @Test
    void a_log_file_takes_the_lines_behind_those_it_has(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("pluto.log");
        Files.writeString(file, "before\n");
        Console console = Console.of(redactor, LogLevel.INFO, file.toString(), ThisJvm.ENVIRONMENT);
        console.warn("ünïcode");

        assertThat(console.flush(LONG)).isTrue();
        assertThat(Files.readAllLines(file)).containsExactly("before", "pluto: ünïcode");
    }

    @Test
    void P3_a_log_file_that_can_t_be_written_is_no_reason_to_fail(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("missing/pluto.log");
        for (String name : List.of(file.toString(), "a\0b")) {
            Console console = Console.of(redactor, LogLevel.ERROR, name, ThisJvm.ENVIRONMENT);
            console.error("this line and the one above are a test's: the log file can't be written");
            assertThat(console.flush(LONG)).isTrue();
        }

        assertThat(file).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }

    /** What a kind is named after holds a server's words, so that there may be as many as there are answers. */
    @Test
    void the_kinds_of_errors_that_are_counted_are_bounded() {
        Console console = console(LogLevel.INFO);
        for (int i = 0; i < 10_000; i++) {
            console.errorCounted("x".repeat(300) + i, "failed " + i);
        }
        console.errorCounted("x".repeat(300) + 5, "failed");

        assertThat(lines())
                .as(
                        "200 kinds, then the others as one: the 1st, 2nd, 4th … 8192nd time, and the second time of a known kind")
                .hasSize(200 + 14 + 1)
                .contains(
                        "pluto: failed 199",
                        "pluto: failed 200",
                        "pluto: failed 201 (time 2)",
                        "pluto: failed (time 2)")
                .doesNotContain("pluto: failed 202", "pluto: failed 202 (time 3)");
    }

    @Test
    void P3_a_FIFO_that_nobody_reads_holds_nobody_up_and_gets_its_lines_when_somebody_does(@TempDir Path folder)
            throws Exception {
        Path fifo = folder.resolve("pluto.log");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Console console = Console.of(redactor, LogLevel.INFO, fifo.toString(), ThisJvm.ENVIRONMENT);
        console.info("first");
        console.info("second");

        assertThat(console.flush(Duration.ofMillis(1))).as("nobody reads").isFalse();
        try (BufferedReader reader = Files.newBufferedReader(fifo)) {
            assertThat(reader.readLine()).isEqualTo("pluto: first");
            assertThat(reader.readLine()).isEqualTo("pluto: second");
            assertThat(console.flush(LONG)).isTrue();
        }
    }
}
