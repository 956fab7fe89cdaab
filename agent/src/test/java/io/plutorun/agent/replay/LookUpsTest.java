package io.plutorun.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.CreateRun;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.journal.Written;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process died while it was starting a run; whoever looks for that run resumes it. A verdict that it has by then must not be lost. */
class LookUpsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CREATE = "/api/runs/create";
    private static final String STATUS = "/api/runs/status/update";
    private static final Target MINE = new Target.Create("mine", true);

    private final FakePluto pluto = FakePluto.start();
    private final PlutoApi api = new PlutoApi(
            pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Console console = Console.over(
            new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int offset, int length) {
                    told.countDown();
                }
            },
            new Redactor(Map.of()),
            LogLevel.INFO);
    private final JournalStore store;
    private final EarlierRuns earlier;
    private final Path folder;

    LookUpsTest(@TempDir Path directory) throws IOException {
        this.folder = Files.createDirectories(directory.resolve(".pluto/jvm"));
        this.store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, console::warn);
        this.earlier = new EarlierRuns(api, store, pluto.apiUrl().toString(), false, console);
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    /** What a process leaves that died before the server's answer to its start had come. */
    private Path diedWhileStarting(String time, Target target) throws IOException {
        return Files.writeString(
                folder.resolve(time + "-1-a.jsonl"),
                Written.text(Written.header(pluto.apiUrl().toString()), Written.start(target)));
    }

    private StartedRun create(RunRecord.Start start) {
        Outcome<StartedRun> created =
                api.create(new CreateRun(start.description(), "mine", start.at(), start.at()), LONG);
        return ((Outcome.Answer<StartedRun>) created).value();
    }

    private FakeRun mine() {
        return pluto.runs().stream()
                .filter(run -> "mine".equals(run.externalId()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> history(FakeRun run) {
        return run.events().stream().map(event -> event.to().name()).toList();
    }

    /** Another process has done the work of the one that died. */
    private void completed() {
        long run = create((RunRecord.Start) Written.start(MINE).record()).runId();
        api.updateStatus(run, RunStatus.COMPLETED, Map.of(), null, LONG);
    }

    @Test
    void P5_a_run_that_this_process_has_begun_and_ended_since_is_not_looked_for() throws Exception {
        diedWhileStarting("1000000", new Target.Create("slow", true)); // what is tried first goes alone
        Path died = diedWhileStarting("1000001", MINE);
        RunRecord.Start start = (RunRecord.Start) Written.start(MINE).record();
        RunJournal journal = store.open();
        journal.append(start);
        StartedRun run = create(start);
        journal.startDelivered(run, true);
        pluto.faults().next(CREATE, Fault.lateAnswer(Duration.ofSeconds(1)));
        earlier.begin();
        pluto.await(p -> p.exchanges(CREATE).size() == 2, LONG);

        RunRecord.End end = new RunRecord.End(Instant.now(), RunStatus.COMPLETED, Map.of());
        api.updateStatus(run.runId(), end.status(), end.evidence(), end.at(), LONG);
        journal.append(end);
        journal.remove();
        assertThat(told.await(30, TimeUnit.SECONDS))
                .as("the line when all are done")
                .isTrue();

        assertThat(died).doesNotExist();
        assertThat(history(mine())).containsExactly("RUNNING", "COMPLETED");
        assertThat(pluto.exchanges(CREATE)).hasSize(2);
    }

    @Test
    void P5_the_end_of_the_jvm_waits_until_a_run_that_is_looked_for_has_its_verdict_again() throws Exception {
        completed();
        diedWhileStarting("1000000", MINE);
        store.open().append(Written.start(new Target.Create("today", false)).record());
        pluto.faults().next(CREATE, Fault.lateAnswer(Duration.ofMillis(300)));
        earlier.begin();
        pluto.await(p -> mine().status() == io.plutorun.fake.RunStatus.RUNNING, LONG);
        earlier.finish(LONG);

        assertThat(history(mine())).endsWith("COMPLETED", "RUNNING", "COMPLETED");
    }

    @Test
    void P5_while_the_jvm_ends_no_further_run_is_looked_for() throws Exception {
        completed();
        Path died = diedWhileStarting("1000000", MINE);
        LookUps ended = new LookUps();
        ended.end(Duration.ZERO);

        assertThat(new Replay(api, null, LONG, false, line -> {}, ended).deliver(died))
                .isEqualTo(new ReplayResult.Left("the JVM ends", true));
        assertThat(history(mine())).containsExactly("RUNNING", "COMPLETED");
        assertThat(died).exists();
    }

    @Test
    void P5_who_is_cut_short_before_a_run_has_its_verdict_again_leaves_that_to_the_next() throws Exception {
        completed();
        Path died = diedWhileStarting("1000000", MINE);
        Replay replay = new Replay(api, null, LONG, false);
        pluto.faults().always(STATUS, Fault.status(500, "{}"));
        assertThat(replay.deliver(died)).isInstanceOf(ReplayResult.Left.class);
        assertThat(history(mine())).endsWith("COMPLETED", "RUNNING");

        pluto.faults().clear();
        assertThat(replay.deliver(died)).isInstanceOf(ReplayResult.Nothing.class);
        assertThat(history(mine()))
                .endsWith("COMPLETED", "RUNNING", "COMPLETED")
                .doesNotContain("FAILED");
        assertThat(died).doesNotExist();
    }
}
