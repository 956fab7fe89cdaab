package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Part;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.journal.Written;
import io.plutorun.agent.replay.Replay;
import io.plutorun.agent.replay.ReplayResult;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that several processes have. */
class SharedRunTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String CREATE = "/api/runs/create";
    private static final String RESUME = "/api/runs/resume";
    private static final Part FOLLOWER = new Part(2, 3);

    private final FakePluto pluto = FakePluto.start();
    private final Path directory;
    private final JournalStore store;
    private final Delivery delivery;
    private final List<RunJournal> opened = new ArrayList<>();

    SharedRunTest(@TempDir Path directory) {
        this.directory = directory;
        this.store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        this.delivery = delivery(LONG);
    }

    @AfterEach
    void close() {
        opened.forEach(journal ->
                journal.append(new RunRecord.Left(Instant.now()))); // nothing of it goes on behind other tests
        opened.forEach(RunJournal::release);
        pluto.close();
    }

    private RunJournal open(Delivery with) {
        RunJournal journal = with.open(new Silent()).journal();
        opened.add(journal);
        return journal;
    }

    private Delivery delivery(Duration timeout) {
        return new Delivery(api(), store, timeout);
    }

    private PlutoApi api() {
        return new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    }

    private static RunRecord.Start start(Part part) {
        return new RunRecord.Start(
                Instant.now(),
                new Target.Create("shared", true),
                "proj",
                "rank " + part.rank(),
                part.follows() ? List.of() : List.of("tag"),
                part.follows() ? Map.of() : Map.of("lr", 0.1),
                Map.of(RunRecord.Start.MARK, "mark " + part.rank()),
                Map.of(),
                part);
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto/jvm"))) {
            return files.toList();
        }
    }

    @Test
    void rank_0_creates_the_run_and_an_earlier_one_waits_for_that() {
        RunJournal follower = open(delivery);
        follower.append(start(FOLLOWER));
        pluto.await(p -> !p.exchanges(RESUME).isEmpty(), LONG);
        RunJournal first = open(delivery);
        first.append(start(new Part(0, 3)));
        pluto.await(p -> p.exchanges(RESUME).stream().anyMatch(exchange -> exchange.status() == 200), LONG);

        assertThat(pluto.exchanges(CREATE)).hasSize(1);
        assertThat(pluto.run(1).name()).isEqualTo("rank 0");
        assertThat(pluto.run(1).tags()).containsExactly("tag");
        assertThat(pluto.run(1).config()).containsEntry("lr", 0.1);
    }

    @Test
    void without_rank_0_another_one_creates_it_after_a_while_and_rank_0_gives_it_its_tags_and_config() {
        RunJournal follower = open(delivery(Duration.ofSeconds(1)));
        follower.append(start(FOLLOWER));
        pluto.await(p -> !p.runs().isEmpty(), LONG);
        assertThat(pluto.run(1).tags()).isEmpty();

        open(delivery).append(start(new Part(0, 3)));
        pluto.await(p -> p.run(1).tags().equals(List.of("tag")), LONG);

        assertThat(pluto.runs()).hasSize(1);
        assertThat(pluto.run(1).config()).containsEntry("lr", 0.1);
    }

    @Test
    void who_leaves_sends_nothing_and_leaves_nothing_behind() throws IOException {
        pluto.seedRun("proj", "there", seed -> seed.externalId("shared"));
        RunJournal follower = open(delivery);
        follower.append(start(FOLLOWER));
        pluto.await(p -> p.exchanges().stream().anyMatch(e -> e.path().startsWith("/api/runs/details")), LONG);
        follower.append(new RunRecord.Left(Instant.now()));

        assertThat(delivery.finish(LONG)).isZero();
        assertThat(pluto.exchanges("/api/runs/status/update")).isEmpty();
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(journals()).isEmpty();
    }

    @Test
    void who_leaves_before_the_server_has_answered_is_not_waited_for_and_starts_nothing_later() throws IOException {
        pluto.faults().always(Fault.status(503, "{\"error\":\"away\"}"));
        RunJournal follower = open(delivery);
        follower.append(start(FOLLOWER));
        pluto.await(p -> !p.exchanges(RESUME).isEmpty(), LONG);
        follower.append(new RunRecord.Left(Instant.now()));

        assertThat(delivery.finish(LONG)).isZero();
        assertThat(journals()).isEmpty();
        pluto.faults().clear();
        open(delivery).append(start(new Part(0, 3)));
        pluto.await(p -> !p.runs().isEmpty(), LONG);
        assertThat(pluto.exchanges(CREATE)).hasSize(1);
    }

    @Test
    void recorded_offline_it_leaves_nothing_either() throws IOException {
        RunJournal follower = store.open();
        follower.append(start(FOLLOWER));
        assertThat(journals()).hasSize(1);
        follower.append(new RunRecord.Left(Instant.now()));

        assertThat(journals()).isEmpty();
    }

    @Test
    void P5_a_failure_of_another_rank_goes_over_rank_0s_completed_and_a_later_completed_does_not_undo_it() {
        Delivery others = delivery(LONG);
        RunJournal first = open(delivery);
        first.append(start(new Part(0, 3)));
        pluto.await(p -> !p.runs().isEmpty(), LONG);
        RunJournal follower = open(others);
        follower.append(start(FOLLOWER));
        first.append(end(io.plutorun.agent.api.RunStatus.COMPLETED));
        assertThat(delivery.finish(LONG)).isZero();
        follower.append(end(io.plutorun.agent.api.RunStatus.FAILED));
        assertThat(others.finish(LONG)).isZero();

        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void a_journal_of_one_that_left_and_died_is_not_delivered() {
        Path journal = Written.file(
                directory,
                Written.text(
                        Written.header(null),
                        Written.start(new Target.Create("shared", true), FOLLOWER),
                        new JournalFormat.Happened(new RunRecord.Left(Written.END))));

        assertThat(new Replay(api(), null, LONG, false).deliver(journal)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(pluto.exchanges()).isEmpty();
        assertThat(journal).doesNotExist();
    }

    @Test
    void P6_one_that_failed_offline_is_delivered_without_waiting_for_rank_0() {
        Path journal = Written.file(
                directory,
                Written.text(
                        Written.header(null),
                        Written.start(new Target.Create("shared", true), FOLLOWER),
                        Written.end(io.plutorun.agent.api.RunStatus.FAILED)));

        assertThat(new Replay(api(), null, LONG, false).deliver(journal)).isInstanceOf(ReplayResult.Delivered.class);
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
        assertThat(pluto.exchanges(RESUME)).isEmpty();
    }

    @Test
    void P5_a_process_that_was_killed_while_it_started_does_not_fail_the_run_that_its_successor_has()
            throws IOException {
        Target target = new Target.Create("shared", true);
        store.folder();
        Path dead = Written.file(
                directory.resolve(".pluto/jvm"), Written.text(Written.header(null), Written.start(target)));
        RunJournal successor = open(delivery);
        successor.append(start(Part.ALONE));
        pluto.await(p -> p.runs().size() == 1, LONG);

        assertThat(new Replay(api(), null, LONG, false).deliver(dead)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(pluto.exchanges(CREATE)).hasSize(1);
        assertThat(dead).doesNotExist();
    }

    @Test
    void P5_nor_one_that_its_successor_has_completed() throws IOException {
        Path dead = Written.file(
                directory, Written.text(Written.header(null), Written.start(new Target.Create("shared", true))));
        RunJournal successor = open(delivery);
        successor.append(start(Part.ALONE));
        successor.append(end(io.plutorun.agent.api.RunStatus.COMPLETED));
        assertThat(delivery.finish(LONG)).isZero();

        assertThat(new Replay(api(), null, LONG, false).deliver(dead)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(dead).doesNotExist();
    }

    private static RunRecord.End end(io.plutorun.agent.api.RunStatus status) {
        return new RunRecord.End(Instant.now(), status, Map.of());
    }

    private static final class Silent implements DeliveryListener {
        @Override
        public void started(StartedRun run) {}

        @Override
        public void refused(Outcome<?> answer, boolean forGood) {}
    }
}
