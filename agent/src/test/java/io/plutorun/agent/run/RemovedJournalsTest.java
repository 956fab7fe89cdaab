package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.current.RunListeners;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.delivery.DeliveryListener;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.heartbeat.Heartbeat;
import io.plutorun.agent.host.OwnFiles;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.messages.HeartbeatMessages;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.settings.Options.OnCancel;
import io.plutorun.agent.settings.SweepRule;
import io.plutorun.agent.verdict.FailureWarmup;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P6: somebody has removed the folder of journals while a run was open, and the server is away at the JVM's end. */
class RemovedJournalsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakePluto pluto = FakePluto.start();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Path directory;
    private final PlutoApi api = new PlutoApi(
            pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    private final JournalStore store;
    private final Delivery delivery;
    private final RunsAtJvmEnd jvmEnd;
    private final RunJournal journal;

    RemovedJournalsTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        Sample sample = new Sample();
        sample.environment.putAll(pluto.environment());
        Redactor redactor = new Redactor(Map.of());
        Console console = Console.over(out, redactor, LogLevel.WARNING);
        store = new JournalStore(directory, ThisJvm.ENVIRONMENT, redactor, null, "1", "host", false, console::warn);
        delivery = new Delivery(api, store, LONG);
        Messages messages = new Messages(Endpoints.of(sample.settings()), ApiKey.find(sample.settings()));
        Session session = new Session.Online(
                store,
                delivery,
                TestParts.online(
                        messages,
                        new Heartbeat(api, new HeartbeatMessages(console, messages), LONG, LONG, Runnable::run)),
                new RunListeners(line -> {}),
                new FailureWarmup(),
                false,
                OnCancel.IGNORE,
                SweepRule.TRUE,
                Clock.systemUTC());
        jvmEnd = new RunsAtJvmEnd(new OpenRuns(100, () -> 0), session, console);
        journal = delivery.open(new Unheard()).journal();
        journal.append(new RunRecord.Start(
                Instant.now(),
                new RunRecord.Target.Create("one", false),
                "proj",
                "run",
                List.of(),
                Map.of(),
                Map.of(RunRecord.Start.MARK, "mark"),
                Map.of(),
                RunRecord.Part.ALONE));
        pluto.await(p -> p.runs().size() == 1, LONG);
        pluto.faults().always(Fault.status(503, "{}"));
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private static final class Unheard implements DeliveryListener {
        @Override
        public void started(StartedRun run) {}

        @Override
        public void refused(Outcome<?> answer, boolean forGood) {}
    }

    private Path folder() {
        return directory.resolve(".pluto/jvm");
    }

    private void removeFolder() throws IOException {
        OwnFiles.deleteFolder(folder());
        Files.delete(directory.resolve(".pluto"));
    }

    private List<String> linesOfTheEnd() {
        journal.append(new RunRecord.End(Instant.now(), RunStatus.COMPLETED, Map.of()));
        delivery.serverIsAway(Duration.ZERO);
        jvmEnd.deliver(Duration.ofSeconds(5)); // the server is away, however long it is waited for
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void P6_a_journal_that_was_removed_while_its_run_was_open_is_written_again_and_told() throws Exception {
        removeFolder();

        assertThat(linesOfTheEnd())
                .containsExactly(
                        "pluto: the records of 1 run had been removed from " + folder()
                                + " before they were delivered; they are written again; values that lay there are lost",
                        "pluto: 1 run could not be delivered to " + pluto.apiUrl()
                                + " (PLUTO_URL_API) before the JVM ended; deliver from " + folder()
                                + " with: java -jar pluto-agent.jar sync");
        List<Path> left = JournalStore.journalsBelow(directory);
        assertThat(left).hasSize(1);
        JournalContents contents = JournalContents.read(new ByteArrayInputStream(Files.readAllBytes(left.get(0))));
        assertThat(contents.start()).isNotNull();
        assertThat(contents.end()).isNotNull();
    }

    @Test
    void a_journal_that_can_t_be_written_again_is_told_as_lost() throws IOException {
        removeFolder();
        Files.writeString(directory.resolve(".pluto"), "not a folder");

        assertThat(linesOfTheEnd())
                .last()
                .asString()
                .isEqualTo("pluto: 1 run could not be delivered to " + pluto.apiUrl()
                        + " (PLUTO_URL_API) before the JVM ended; what was not delivered is lost");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("the records of 1 run had been removed from " + folder()
                        + " before they were delivered; values");
    }

    @Test
    void a_journal_that_is_there_is_told_as_ever() {
        assertThat(linesOfTheEnd()).singleElement().asString().contains("deliver from " + folder());
    }
}
