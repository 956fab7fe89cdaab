package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.replay.Replay;
import io.plutorun.agent.replay.ReplayResult;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P9: one run's trouble is its own; and what the JVM's end does with what is not delivered. */
class OneRunsTroubleTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CREATE = "/api/runs/create";
    private static final String STATUS = "/api/runs/status/update";

    /** The server answers a create with such a name with 500, every time. */
    private static final String FAILS = "n".repeat(256);

    private final FakePluto pluto = FakePluto.start();
    private final JournalStore store;
    private final Delivery delivery;
    private final List<RunJournal> opened = new ArrayList<>();

    OneRunsTroubleTest(@TempDir Path directory) {
        store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        delivery = delivery(LONG);
    }

    private Delivery delivery(Duration timeout) {
        return new Delivery(api(), store, timeout);
    }

    private PlutoApi api() {
        return new PlutoApi(
                pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    }

    @AfterEach
    void close() {
        opened.forEach(RunJournal::release);
        pluto.close();
    }

    private HeardWords begin(String id, String name) {
        HeardWords heard = new HeardWords();
        RunJournal journal = delivery.open(heard).journal();
        opened.add(journal);
        journal.append(start(id, name));
        return heard;
    }

    private HeardWords beginAndEnd(String id, String name) {
        HeardWords heard = begin(id, name);
        opened.get(opened.size() - 1).append(end());
        return heard;
    }

    private static RunRecord.Start start(String id, String name) {
        return new RunRecord.Start(
                Instant.now(),
                new Target.Create(id, false),
                "proj",
                name,
                List.of(),
                Map.of(),
                Map.of(RunRecord.Start.MARK, "mark " + id),
                Map.of(),
                RunRecord.Part.ALONE);
    }

    private static RunRecord.End end() {
        return new RunRecord.End(Instant.now(), RunStatus.COMPLETED, Map.of());
    }

    private long completed() {
        return pluto.runs().stream()
                .filter(run -> run.status() == io.plutorun.fake.RunStatus.COMPLETED)
                .count();
    }

    @Test
    void P9_a_run_whose_create_is_answered_500_every_time_keeps_no_other_from_the_server() {
        begin("bad", FAILS);
        pluto.await(p -> p.exchanges(CREATE).size() >= 2, LONG);
        delivery.serverIsAway(Duration.ofDays(1)); // its start has waited in vain
        assertThat(delivery.isServerAway()).isFalse();
        for (int i = 0; i < 5; i++) {
            beginAndEnd("good-" + i, "good");
        }

        pluto.await(p -> completed() == 5, LONG);
    }

    @Test
    void P9_when_three_runs_meet_500_and_none_succeeds_later_starts_do_not_wait_but_are_sent() {
        for (int i = 0; i < 3; i++) {
            begin("bad-" + i, FAILS);
        }
        pluto.await(p -> delivery.isServerAway(), LONG); // asked anew at each request, of which there are more to come
        beginAndEnd("good", "good");

        pluto.await(p -> completed() == 1, LONG);
        // the others go on failing, one or two of them since the success
        assertThat(pluto.runs()).hasSize(1);
    }

    @Test
    void P6_used_up_tries_leave_the_journal_for_later() throws IOException {
        HeardWords heard = beginAndEnd("bad", FAILS);
        // the JVM's end tries a few times and no more
        assertThat(delivery.finish(LONG)).isEqualTo(1);

        assertThat(pluto.exchanges(CREATE)).hasSizeBetween(3, 5);
        assertThat(store.journals()).hasSize(1);
        assertThat(heard.words).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, application/json, '{\"error\":\"Unauthorized\",\"message\":\"API key has been revoked\"}'",
        "404, text/html, <html>no such page</html>",
        "403, text/html, <html>forbidden</html>",
        "405, text/plain, Method Not Allowed",
        "302, text/plain, ''"
    })
    void P5_P6_a_verdict_that_is_refused_for_a_reason_that_can_be_mended_stays_on_disk_and_arrives_later(
            int status, String type, String body) throws IOException {
        HeardWords heard = begin("run", "run");
        heard.await(1);
        pluto.faults().always(STATUS, Fault.status(status, Map.of("Location", "http://login/"), type, body));
        opened.get(0).append(end());

        assertThat(delivery.finish(LONG)).isZero();
        assertThat(store.journals()).hasSize(1);
        assertThat(heard.words.get(1)).startsWith("left out End: " + status);

        pluto.faults().clear();
        assertThat(new Replay(api(), null, LONG, false).deliver(store.journals().get(0)))
                .isInstanceOf(ReplayResult.Delivered.class);
        assertThat(completed()).isEqualTo(1);
    }

    @Test
    void a_verdict_of_a_run_that_the_api_itself_does_not_know_any_more_leaves_nothing() throws IOException {
        HeardWords heard = begin("run", "run");
        heard.await(1);
        pluto.faults().always(STATUS, Fault.status(404, "{\"error\":\"Run not found\"}"));
        opened.get(0).append(end());

        assertThat(delivery.finish(LONG)).isZero();
        assertThat(store.journals()).isEmpty();
    }

    @Test
    void a_proxy_s_404_page_does_not_end_a_run_that_is_to_be_resumed_either() throws IOException {
        pluto.faults().next("/api/runs/resume", Fault.status(404, Map.of(), "text/html", "<html>not here</html>"));
        HeardWords heard = new HeardWords();
        RunJournal journal = delivery.open(heard).journal();
        opened.add(journal);
        RunRecord.Start start = start("x", "run");
        journal.append(new RunRecord.Start(
                start.at(),
                new Target.Resume(new RunReference.ByRunId(pluto.seedRun("proj", "there"))),
                start.description(),
                RunRecord.Part.ALONE));
        journal.append(end());

        assertThat(delivery.finish(LONG)).isZero();
        assertThat(heard.words.get(0)).startsWith("refused: 404");
        assertThat(store.journals()).hasSize(1);
        assertThat(new Replay(api(), null, LONG, false).deliver(store.journals().get(0)))
                .isInstanceOf(ReplayResult.Delivered.class);
    }

    @Test
    void P6_the_jvm_s_end_breaks_every_back_off_and_tries_each_once_verdicts_first() {
        HeardWords running = begin("running", "run");
        running.await(1);
        pluto.faults().always(Fault.status(503, Map.of("Retry-After", "600"), "text/plain", "away"));
        delivery.serverIsAway(Duration.ZERO);
        opened.get(0).append(end());
        pluto.await(p -> p.exchanges(STATUS).size() == 1, LONG); // and now it waits for a minute
        for (int i = 0; i < 20; i++) {
            beginAndEnd("late-" + i, "late");
        }
        pluto.faults().clear();

        assertThat(delivery.finish(LONG)).isZero();
        assertThat(completed()).isEqualTo(21);
    }

    @Test
    void P6_at_the_jvm_s_end_a_server_that_is_still_away_is_asked_once_for_each_run_and_not_waited_for() {
        pluto.faults().always(Fault.dropBeforeProcessing());
        delivery.serverIsAway(Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            beginAndEnd("away-" + i, "away");
        }

        assertThat(delivery.finish(Duration.ofDays(1))).isEqualTo(5);
        assertThat(pluto.exchanges(CREATE).stream()
                        .map(exchange -> exchange.json().get("externalId").asText())
                        .distinct())
                .hasSize(5);
    }

    @Test
    void P5_a_verdict_that_was_taken_but_answered_late_is_read_back_and_not_sent_twice() {
        Delivery hurried = delivery(Duration.ofMillis(500));
        HeardWords heard = new HeardWords();
        RunJournal journal = hurried.open(heard).journal();
        opened.add(journal);
        journal.append(start("late", "run"));
        heard.await(1);
        pluto.faults().next(STATUS, Fault.hangAfterProcessing());
        journal.append(end());

        assertThat(hurried.finish(LONG)).isZero();
        assertThat(pluto.exchanges(STATUS)).hasSize(1);
        assertThat(heard.words).containsExactly("started", "ended COMPLETED");
    }
}
