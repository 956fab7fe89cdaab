package io.plutorun.agent.metrics.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.json.Json;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleLogTest {

    private final Path folder;
    private final Losses losses = new Losses();
    private final AtomicInteger cuts = new AtomicInteger();

    ConsoleLogTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private ConsoleLog log(long maxBytes) {
        return new ConsoleLog(
                folder, maxBytes, line -> line.replace("secret", "hidden"), losses, cuts::incrementAndGet);
    }

    private static void writeAll(ConsoleLog log) throws IOException {
        while (log.write()) {}
    }

    /** Number, type and message of each line. */
    private static List<String> read(ConsoleReader reader) throws IOException, Json.SyntaxException {
        List<String> lines = new ArrayList<>();
        for (DataBatch batch = reader.next(); batch != null; batch = reader.next()) {
            assertThat(batch.names()).isEmpty();
            assertThat(batch.lastSteps()).isEmpty();
            for (String line :
                    new String(batch.body(), StandardCharsets.UTF_8).lines().toList()) {
                var object = Json.parseObject(line);
                lines.add(object.get("lineNumber") + " " + object.get("logType") + " " + object.get("message"));
            }
            reader.sent(batch);
        }
        return lines;
    }

    @Test
    void lines_come_out_numbered_in_their_order_behind_those_of_others_and_once() throws Exception {
        ConsoleLog log = log(1 << 20);
        log.add("one", false);
        log.add("", false);
        log.add("a secret", true);
        writeAll(log);
        log.close();
        try (ConsoleReader reader = ConsoleReader.ofLeftBehind(folder, 1000)) {
            assertThat(read(reader)).containsExactly("1001 INFO one", "1002 INFO ", "1003 ERROR a hidden");
            assertThat(reader.isAtEnd()).isTrue();
        }
        try (ConsoleReader again = ConsoleReader.ofLeftBehind(folder, 1000)) {
            assertThat(read(again)).isEmpty();
        }
        assertThat(Files.readString(folder.resolve("console-00000001.log"), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
    }

    @Test
    void what_does_not_fit_is_left_out_of_the_middle_and_its_place_says_how_much() throws Exception {
        ConsoleLog log = log(64 << 10);
        boolean[] gone = {false};
        List<String> live;
        try (ConsoleReader reader = ConsoleReader.of(folder, 0, () -> gone[0], log)) {
            for (int i = 1; i <= 5000; i++) {
                log.add("line " + i, false);
                writeAll(log);
            }
            live = read(reader);
            assertThat(read(reader)).isEmpty();
            log.close();
            gone[0] = true;
            live.addAll(read(reader));
        }
        int gap = 0;
        while (live.get(gap).equals((gap + 1) + " INFO line " + (gap + 1))) {
            gap++;
        }
        int behind = 5000 - (live.size() - gap - 1);
        assertThat(live.get(gap)).isEqualTo((gap + 1) + " INFO pluto: lines are left out here: " + (behind - gap));
        for (int i = gap + 1; i < live.size(); i++) {
            int number = behind + i - gap;
            assertThat(live.get(i)).isEqualTo(number + " INFO line " + number);
        }
        assertThat(gap).isBetween(800, 1100); // 48 KiB of some 46 bytes each
        assertThat(5000 - behind).isBetween(250, 370); // 16 KiB of them
        assertThat(cuts.get()).isPositive();
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void while_the_program_prints_10_000_lines_come_at_once_and_then_1_000_a_second() throws Exception {
        ConsoleLog log = log(64 << 20);
        for (int i = 0; i < 30_000; i++) {
            log.add("", false);
        }
        writeAll(log);
        long begin = System.nanoTime();
        try (ConsoleReader reader = ConsoleReader.of(folder, 0, () -> false, log)) {
            int lines = read(reader).size();
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertThat(lines).isBetween(10_000, 10_001 + (int) millis);
            assertThat(reader.isAtEnd()).isFalse();
        }
    }

    @Test
    void what_is_beyond_the_memory_is_counted_and_its_place_says_so() throws Exception {
        ConsoleLog log = log(64 << 20);
        long limit = Math.max(4 << 20, Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 32));
        String large = "x".repeat(60_000);
        int many = (int) (limit / 60_000) + 10;
        for (int i = 0; i < many; i++) {
            log.add(large, false);
        }
        writeAll(log);
        log.add("last", false);
        writeAll(log);
        log.close();
        long lost = losses.of(Loss.TOO_FAST);
        assertThat(lost).isPositive();
        try (ConsoleReader reader = ConsoleReader.ofLeftBehind(folder, 0)) {
            List<String> lines = read(reader);
            assertThat(lines.get(lines.size() - 1)).isEqualTo((many + 1) + " INFO last");
            assertThat(lines.get(lines.size() - 2)).endsWith("pluto: lines are left out here: " + lost);
        }
    }

    @Test
    void a_line_that_can_t_be_read_for_secrets_is_left_out() throws Exception {
        ConsoleLog log = new ConsoleLog(
                folder,
                1 << 20,
                line -> {
                    if (line.isEmpty()) {
                        throw new IllegalStateException();
                    }
                    return line;
                },
                losses,
                () -> {});
        log.add("one", false);
        log.add("", false);
        log.add("three", false);
        writeAll(log);
        log.close();
        assertThat(losses.of(Loss.FAILED)).isEqualTo(1);
        try (ConsoleReader reader = ConsoleReader.ofLeftBehind(folder, 0)) {
            assertThat(read(reader))
                    .containsExactly("1 INFO one", "2 INFO pluto: lines are left out here: 1", "3 INFO three");
        }
        assertThat(requireNonNull(folder.toFile().list())).contains("console.sent");
    }
}
