package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDescription;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
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
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that only adds values to a run of another one. */
class WorkersRunTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakePluto pluto = FakePluto.start();
    private final Path directory;
    private final Delivery delivery;

    WorkersRunTest(@TempDir Path directory) {
        this.directory = directory;
        this.delivery = new Delivery(
                api(),
                new JournalStore(
                        directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {}),
                LONG);
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private PlutoApi api() {
        return new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto/jvm"))) {
            return files.toList();
        }
    }

    /** A start of a process that only adds values. */
    private static RunRecord.Start workers(long runId, String externalId) {
        return new RunRecord.Start(
                Instant.now(),
                new Target.Resume(new RunReference.ByRunId(runId)),
                "proj",
                "executor3",
                List.of(),
                Map.of(),
                Map.of(RunDescription.EXTERNAL_ID, externalId),
                Map.of(),
                new Part(0, 1, "executor3"));
    }

    @Test
    void a_worker_looks_at_the_run_and_changes_nothing_of_it_also_when_it_leaves_at_once() throws IOException {
        long id =
                pluto.seedRun("proj", "there", seed -> seed.externalId("shared").status(RunStatus.COMPLETED));
        HeardWords heard = new HeardWords();
        RunJournal journal = delivery.open(heard).journal();
        journal.append(workers(id, "shared"));
        journal.append(new RunRecord.Left(Instant.now()));

        assertThat(delivery.finish(LONG)).isZero();
        assertThat(heard.words).containsExactly("resumed");
        assertThat(pluto.exchanges()).extracting(Exchange::path).containsOnly("/api/runs/details/" + id);
        assertThat(pluto.run(id).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(journals()).isEmpty();
    }

    @Test
    void a_worker_does_not_take_another_run_of_the_same_number_for_its_own() {
        long id = pluto.seedRun("proj", "another", seed -> seed.externalId("another"));
        HeardWords heard = new HeardWords();
        RunJournal journal = delivery.open(heard).journal();
        journal.append(workers(id, "shared"));
        heard.await(1);

        assertThat(heard.words).singleElement().asString().contains("run " + id + " of this server is another run");
        journal.append(new RunRecord.Left(Instant.now()));
    }

    @Test
    void a_worker_that_died_leaves_the_verdict_to_the_run_s_own_process() throws IOException {
        long id = pluto.seedRun("proj", "there", seed -> seed.externalId("shared"));
        Path journal = Written.file(
                directory,
                Written.text(
                        Written.header(pluto.apiUrl().toString()), new JournalFormat.Happened(workers(id, "shared"))));

        assertThat(new Replay(api(), null, LONG, false).deliver(journal)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(pluto.run(id).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(journal).doesNotExist();
    }
}
