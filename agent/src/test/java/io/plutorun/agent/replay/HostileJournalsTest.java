package io.plutorun.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.JournalFile;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.MalformedException;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.fake.FakePluto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P3, P6, P9: whatever lies in the folder beside a good journal, the good one is delivered, and of the other it is said why it is not. The
 * system property {@code pluto.fuzz} multiplies the number of inputs, which is printed.
 */
class HostileJournalsTest {

    private static final int EFFORT = Integer.getInteger("pluto.fuzz", 1);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final AtomicLong READ = new AtomicLong();
    private static final AtomicLong UNREADABLE = new AtomicLong();
    private static final AtomicLong OFFERED = new AtomicLong();
    private static FakePluto pluto;

    @BeforeAll
    @BeforeContainer
    static void start() {
        pluto = FakePluto.start();
    }

    @AfterAll
    @AfterContainer
    static void close() {
        pluto.close();
        if (READ.get() + OFFERED.get() > 0) {
            System.out.println("hostile journals: " + READ + " read, " + UNREADABLE + " of them refused; " + OFFERED
                    + " laid beside a good one");
        }
    }

    private static List<String> good(String externalId) {
        return List.of(
                        new JournalFormat.Header(null, "1", 4711, "host"),
                        new JournalFormat.Happened(new RunRecord.Start(
                                START,
                                new Target.Create(externalId, true),
                                "proj",
                                "run",
                                List.of("a", "b"),
                                Map.of("lr", 0.1, "deep", Map.of("x", List.of(1L, 2L))),
                                Map.of(RunRecord.Start.MARK, "m"),
                                Map.of("pid", 7L),
                                RunRecord.Part.ALONE)),
                        new JournalFormat.Happened(new RunRecord.Tags(List.of("c"))),
                        new JournalFormat.Happened(new RunRecord.Config(Map.of("k", "v"))),
                        new JournalFormat.Happened(new RunRecord.End(
                                START.plusSeconds(9), RunStatus.COMPLETED, Map.of("duration_seconds", 9L))))
                .stream()
                .map(JournalFormat::write)
                .toList();
    }

    private static List<String> halfDelivered(Random random) {
        List<String> lines = new ArrayList<>(good("half-" + random.nextInt(5)));
        lines.add(
                2 + random.nextInt(3),
                JournalFormat.write(new JournalFormat.StartDelivered(
                        new StartedRun(
                                1 + random.nextInt(9), OptionalLong.of(1), "PRJ-1", "proj", "org", "http://x/1", false),
                        Instant.EPOCH)));
        lines.add(JournalFormat.write(new JournalFormat.Delivered(random.nextInt(4))));
        return lines;
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A journal as a bad disk, a bad editor or a bad person would have it. */
    private static byte[] hostile(Random random) {
        List<String> lines =
                new ArrayList<>(random.nextBoolean() ? good("hostile-" + random.nextInt(20)) : halfDelivered(random));
        switch (random.nextInt(9)) {
            case 0 -> lines.add(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
            case 1 -> lines.remove(random.nextInt(lines.size()));
            case 2 -> java.util.Collections.shuffle(lines, random);
            case 3, 4, 5 -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int at = random.nextInt(lines.size());
                    lines.set(at, withAnotherValue(lines.get(at), random));
                }
            }
            case 6 ->
                lines.set(
                        random.nextInt(lines.size()),
                        "[".repeat(random.nextInt(5000)) + "{\"a\":".repeat(random.nextInt(5000)));
            case 7 -> lines.add(1 + random.nextInt(lines.size() - 1), "\"" + "x".repeat(random.nextInt(100_000)));
            default -> {
                byte[] noise = new byte[random.nextInt(2000)];
                random.nextBytes(noise);
                return noise;
            }
        }
        byte[] bytes = bytes(lines);
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** The value of some field becomes one of another type or size. */
    private static String withAnotherValue(String line, Random random) {
        List<String> values = List.of(
                "null",
                "true",
                "-1",
                "0",
                "9223372036854775807",
                "-9223372036854775808",
                "4294967295",
                "1e999",
                "NaN",
                "1".repeat(1500),
                "\"\"",
                "\"\\ud800\"",
                "\"+999999999-01-01T00:00:00Z\"",
                "\"-0001-01-01T00:00:00Z\"",
                "[]",
                "{}",
                "[[[]]]",
                "{\"resume\":{\"runId\":-1}}",
                "{\"resume\":{\"displayId\":\"../../x\"}}",
                "\"\\u0000\\u001b[2J\"",
                "\"" + "y".repeat(10_000) + "\"");
        String value = values.get(random.nextInt(values.size()));
        List<Integer> colons = new ArrayList<>();
        for (int i = line.indexOf("\":"); i >= 0; i = line.indexOf("\":", i + 1)) {
            colons.add(i + 2);
        }
        if (colons.isEmpty()) {
            return value;
        }
        int from = colons.get(random.nextInt(colons.size()));
        int depth = 0;
        boolean quoted = false;
        int to = from;
        for (; to < line.length(); to++) {
            char c = line.charAt(to);
            quoted ^= c == '"';
            if (!quoted && depth == 0 && (c == ',' || c == '}' || c == ']')) {
                break;
            }
            depth += quoted ? 0 : c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return line.substring(0, from) + value + line.substring(to);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void P3_what_is_no_journal_is_refused_with_a_reason_and_nothing_else_is_thrown(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200 * EFFORT; i++) {
            byte[] bytes = hostile(random);
            READ.incrementAndGet();
            try {
                JournalContents contents = JournalContents.read(new ByteArrayInputStream(bytes));
                assertThat(contents.header() != null || contents.records().isEmpty())
                        .isTrue();
            } catch (MalformedException e) {
                UNREADABLE.incrementAndGet();
                assertThat(e.getMessage()).startsWith("line ").hasSizeLessThan(400);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void P6_whatever_lies_beside_it_a_good_journal_is_delivered(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 15) int before) throws IOException {
        Random random = new Random(seed);
        Path place = Files.createTempDirectory("pluto-hostile");
        Path folder = Files.createDirectories(place.resolve(".pluto/jvm"));
        String id = "good-" + seed;
        for (int i = 0; i < 15 * EFFORT; i++) {
            Files.write(folder.resolve((i < before ? "0-" : "2-") + i + ".jsonl"), hostile(random));
            OFFERED.incrementAndGet();
        }
        Files.write(folder.resolve("1-good.jsonl"), bytes(good(id)));

        Replay replay = new Replay(
                new PlutoApi(
                        pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT),
                null,
                Duration.ofSeconds(10),
                false);
        for (Path journal : JournalStore.journalsBelow(place)) {
            ReplayResult result = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> replay.deliver(journal));
            if (journal.endsWith("1-good.jsonl")) {
                assertThat(result).isInstanceOf(ReplayResult.Delivered.class);
            } else if (result instanceof ReplayResult.Left left) {
                assertThat(left.why()).isNotBlank().doesNotContain("Exception").hasSizeLessThan(1000);
            }
        }
        assertThat(pluto.runs())
                .filteredOn(run -> id.equals(run.externalId()))
                .singleElement()
                .satisfies(run -> assertThat(run.status()).isEqualTo(io.plutorun.fake.RunStatus.COMPLETED));
    }

    // ---- what was found

    private static ReplayResult deliver(Path folder, byte[] bytes) throws IOException {
        Path journal = Files.write(folder.resolve("x.jsonl"), bytes);
        Files.deleteIfExists(folder.resolve("set-aside/x.jsonl"));
        return new Replay(
                        new PlutoApi(pluto.apiUrl(), null, null, pluto.apiKey(), "1", Transport.DIRECT),
                        null,
                        Duration.ofSeconds(10),
                        false)
                .deliver(journal);
    }

    @Test
    void P6_a_file_that_is_no_journal_is_not_removed(@TempDir Path folder) throws IOException {
        assertThat(deliver(folder, "my own notes".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReplayResult.SetAside.class);
        assertThat(folder.resolve("set-aside/x.jsonl")).hasContent("my own notes");
    }

    @Test
    void three_gigabytes_of_nothing_are_known_by_their_first_byte(@TempDir Path folder) throws IOException {
        Path journal = folder.resolve("x.jsonl");
        try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(journal.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        Replay replay = new Replay(
                new PlutoApi(pluto.apiUrl(), null, null, pluto.apiKey(), "1", Transport.DIRECT),
                null,
                Duration.ofSeconds(10),
                false);

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> replay.deliver(journal)))
                .isEqualTo(new ReplayResult.SetAside("it can't be read: line 1: it does not say that it is a journal"));
    }

    @Test
    void P6_two_journals_in_one_file_are_not_taken_for_one_that_is_done(@TempDir Path folder) throws IOException {
        List<String> twice = new ArrayList<>(good("twice"));
        twice.addAll(good("twice"));
        assertThat(deliver(folder, bytes(twice)))
                .isEqualTo(new ReplayResult.SetAside("it can't be read: line 6: a second header"));
    }

    @Test
    void P6_what_is_added_behind_a_line_that_was_cut_off_stands_on_a_line_of_its_own(@TempDir Path folder)
            throws Exception {
        Path path = folder.resolve("x.jsonl");
        Files.write(path, bytes(good("torn").subList(0, 2)));
        Files.writeString(path, "{\"record\":\"ta", java.nio.file.StandardOpenOption.APPEND);
        JournalFile file = Objects.requireNonNull(JournalFile.open(path));
        assertThat(file.read().torn()).isTrue();
        file.append(
                new JournalFormat.StartDelivered(
                        new StartedRun(1, OptionalLong.empty(), null, null, null, null, false), Instant.EPOCH),
                true);

        assertThat(file.read().started()).isNotNull();
        assertThat(file.read().torn()).isFalse();
        file.close();
    }

    @Test
    void P6_a_count_below_nothing_and_a_time_beyond_all_clocks_are_refused(@TempDir Path folder) throws IOException {
        List<String> lines = new ArrayList<>(good("count"));
        lines.add("{\"delivered\":-7}");
        assertThat(deliver(folder, bytes(lines)))
                .isEqualTo(new ReplayResult.SetAside("it can't be read: line 6: it counts less than nothing"));
        assertThat(deliver(
                        folder,
                        String.join("\n", good("time"))
                                .replace(START.toString(), "+999999999-01-01T00:00:00Z")
                                .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new ReplayResult.SetAside("it can't be read: line 2: its field at is no time"));
    }

    @Test
    void P6_a_journal_that_was_cut_off_before_its_run_is_set_aside_with_the_values_beside_it(@TempDir Path folder)
            throws IOException {
        byte[] whole = bytes(good("half").subList(0, 2));
        int header = bytes(good("half").subList(0, 1)).length;
        for (int length : new int[] {0, 7, header, whole.length / 2}) {
            Path values = Files.createDirectory(folder.resolve("x.values"));
            Files.writeString(values.resolve("values-00000001.seg"), "x");

            assertThat(deliver(folder, Arrays.copyOf(whole, length)))
                    .isInstanceOfSatisfying(
                            ReplayResult.SetAside.class,
                            aside -> assertThat(aside.why()).contains("the start of its run is", "its values"));
            assertThat(folder.resolve("set-aside/x.jsonl")).hasSize(length);
            Path moved = folder.resolve("set-aside/x.values");
            assertThat(moved.resolve("values-00000001.seg")).exists();
            Files.delete(moved.resolve("values-00000001.seg"));
            Files.delete(moved);
        }
    }
}
