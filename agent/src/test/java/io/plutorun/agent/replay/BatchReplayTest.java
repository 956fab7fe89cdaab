package io.plutorun.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.journal.Written;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchReplayTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CREATE = "/api/runs/create";

    private final FakePluto pluto = FakePluto.start();
    private final Path directory;
    private final Path folder;
    private final List<ReplayResult> results = new ArrayList<>();
    private final List<Path> told = new ArrayList<>();

    BatchReplayTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.folder = Files.createDirectories(directory.resolve(".pluto/jvm"));
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private PlutoApi api() {
        return new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    }

    private Path write(int number, String name, String externalId, RunStatus end) throws IOException {
        return Files.writeString(
                folder.resolve((1_000_000 + number) + "-1-a.jsonl"),
                Written.text(
                        Written.header(pluto.apiUrl().toString()),
                        new JournalFormat.Happened(new RunRecord.Start(
                                Written.START,
                                new Target.Create(externalId, true),
                                "proj",
                                name,
                                List.of(),
                                Map.of(),
                                Map.of(RunRecord.Start.MARK, "mark " + number),
                                Map.of(),
                                RunRecord.Part.ALONE)),
                        Written.end(end)));
    }

    private void deliver(int maxTried) throws Exception {
        new BatchReplay(new Replay(api(), null, LONG, false), 16, maxTried)
                .deliver(JournalStore.journalsBelow(directory), (journal, result) -> {
                    told.add(journal);
                    results.add(result);
                });
    }

    @Test
    void P6_many_journals_are_delivered_several_at_once_and_told_in_their_order() throws Exception {
        for (int i = 0; i < 60; i++) {
            write(i, "run", "id-" + i, RunStatus.COMPLETED);
        }
        AtomicLong atOnce = new AtomicLong();
        pluto.faults().always(CREATE, Fault.delay(Duration.ofMillis(100)));
        Thread watching = new Thread(() -> pluto.await(
                p -> {
                    atOnce.accumulateAndGet(
                            p.exchanges(CREATE).stream()
                                    .filter(create -> create.status() == -1)
                                    .count(),
                            Math::max);
                    return p.exchanges(CREATE).size() == 60;
                },
                LONG));
        watching.start();
        deliver(Integer.MAX_VALUE);
        watching.join();

        assertThat(results).hasSize(60).allMatch(result -> result instanceof ReplayResult.Delivered);
        assertThat(told).isSorted();
        assertThat(atOnce.get()).isBetween(8L, 16L);
    }

    @Test
    void P5_the_journals_of_one_run_are_delivered_in_their_order() throws Exception {
        for (int i = 0; i < 10; i++) {
            write(2 * i, "first", "shared-" + i, RunStatus.FAILED);
            write(2 * i + 1, "second", "shared-" + i, RunStatus.COMPLETED);
        }
        pluto.faults().next(CREATE, 5, Fault.delay(Duration.ofMillis(200)));
        deliver(Integer.MAX_VALUE);

        assertThat(pluto.runs()).hasSize(10).allSatisfy(run -> {
            assertThat(run.name()).isEqualTo("first");
            assertThat(run.status()).isEqualTo(io.plutorun.fake.RunStatus.COMPLETED);
        });
    }

    @Test
    void P9_a_journal_that_the_server_fails_at_keeps_no_other_waiting() throws Exception {
        write(0, "n".repeat(256), "bad", RunStatus.COMPLETED);
        for (int i = 1; i < 10; i++) {
            write(i, "run", "good-" + i, RunStatus.COMPLETED);
        }
        deliver(Integer.MAX_VALUE);

        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        ReplayResult.Left.class,
                        left -> assertThat(left.serverAway()).isFalse());
        assertThat(results.subList(1, 10)).allMatch(result -> result instanceof ReplayResult.Delivered);
    }

    @Test
    void where_the_server_is_away_the_rest_is_not_tried() throws Exception {
        for (int i = 0; i < 10; i++) {
            write(i, "run", "id-" + i, RunStatus.COMPLETED);
        }
        pluto.faults().always(Fault.status(503, "{}"));
        deliver(Integer.MAX_VALUE);

        assertThat(results).hasSize(10).allMatch(result -> result instanceof ReplayResult.Left);
        assertThat(pluto.exchanges(CREATE)).hasSize(4);
    }

    // ---- beside the first run of a later process

    private String earlierRuns(boolean keep) throws Exception {
        CountDownLatch line = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                line.countDown();
            }
        };
        Console console = Console.over(out, new Redactor(Map.of()), LogLevel.INFO);
        JournalStore store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", keep, console::warn);
        store.open().append(Written.start(new Target.Create("today", false)).record());
        new EarlierRuns(api(), store, pluto.apiUrl().toString(), keep, console).begin();
        assertThat(line.await(30, TimeUnit.SECONDS)).as("a line").isTrue();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void P6_journals_that_are_delivered_and_kept_keep_no_older_one_from_the_server() throws Exception {
        Path kept = Files.createDirectories(folder.resolve("delivered"));
        for (int i = 0; i < 210; i++) {
            Path journal = write(i, "kept", "kept-" + i, RunStatus.COMPLETED);
            Files.writeString(
                    journal,
                    Files.readString(journal)
                            + Written.text(Written.started(i + 1, Written.END), new JournalFormat.Delivered(1)));
        }
        write(500, "offline", "offline", RunStatus.COMPLETED);
        String line = earlierRuns(true);

        assertThat(line).contains("1 earlier run delivered from");
        assertThat(pluto.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.externalId()).isEqualTo("offline"));
        try (var files = Files.list(kept)) {
            assertThat(files).hasSize(211);
        }
    }

    @Test
    void P9_unreadable_journals_are_one_line_in_all_and_are_set_aside() throws Exception {
        for (int i = 0; i < 100; i++) {
            Files.writeString(folder.resolve((1_000_000 + i) + "-1-a.jsonl"), "nonsense " + i);
        }
        write(500, "good", "good", RunStatus.COMPLETED);
        String lines = earlierRuns(false);

        assertThat(lines.lines()).hasSize(1);
        assertThat(lines).contains("1 earlier run delivered", "100 set aside", "sync --retry");
        assertThat(JournalStore.setAsideBelow(directory)).hasSize(100);
    }
}
