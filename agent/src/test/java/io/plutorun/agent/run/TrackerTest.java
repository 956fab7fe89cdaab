package io.plutorun.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerTest extends TrackerFixture {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String CREATE = "/api/runs/create";
    private static final Object[] NONE = {};

    TrackerTest(@TempDir Path directory) {
        super(directory);
    }

    private void awaitEnd(RunStatus status) {
        pluto.await(p -> p.runs().size() == 1 && p.runs().get(0).status() == status, LONG);
    }

    @SuppressWarnings("unchecked") // as the bridge sees it
    private static @Nullable Object attribute(Object call, String name) {
        return ((Function<String, Object>) call).apply(name);
    }

    @Test
    void P5_a_call_that_returns_is_a_completed_run() {
        sample.project("digits").parameter("lr", null, true);
        Object call = enter(0.1);
        FakeRun run = pluto.runs().get(0);

        assertThat(run.status()).as("before the method's first line").isEqualTo(RunStatus.RUNNING);
        assertThat(run.project()).isEqualTo("digits");
        assertThat(run.config()).isEqualTo(Map.of("lr", 0.1));
        assertThat(run.systemMetadata()).containsKeys("process", "cpu", "memory");
        assertThat(attribute(call, "active")).isEqualTo(true);
        assertThat(attribute(call, "displayId")).isEqualTo(run.displayId());
        assertThat(attribute(call, "runId")).isEqualTo(run.id());
        assertThat(attribute(call, "externalId")).isEqualTo(run.externalId());
        assertThat(attribute(call, "url")).isEqualTo(run.url());
        assertThat(attribute(call, "resumed")).isEqualTo(false);
        assertThat(attribute(call, "nonsense")).isNull();
        tracker().returned(call, "result");
        awaitEnd(RunStatus.COMPLETED);
        assertThat(attribute(call, "active")).isEqualTo(false);
        assertThat(lines().get(0)).isEqualTo("pluto: run DIG-1 started: " + run.url());
    }

    @Test
    void P5_a_call_that_throws_is_a_failed_run_with_the_evidence() {
        Object call = enter();
        tracker().threw(call, new IllegalStateException("diverged"));
        awaitEnd(RunStatus.FAILED);

        assertThat(pluto.runs().get(0).statusMetadata())
                .containsEntry("exception", "java.lang.IllegalStateException")
                .containsEntry("message", "diverged")
                .containsKeys("stack", "duration_seconds");
    }

    @Test
    void P5_a_call_that_throws_what_can_t_be_described_is_a_failed_run_all_the_same() {
        Object call = enter();
        tracker().threw(call, new Exception() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        });
        awaitEnd(RunStatus.FAILED);
    }

    @Test
    void parallel_calls_are_parallel_runs() {
        Object one = enter();
        Object two = enter();
        tracker().returned(one, null);
        tracker().threw(two, new Exception());

        pluto.await(
                p -> p.runs().stream()
                        .map(FakeRun::status)
                        .toList()
                        .equals(List.of(RunStatus.COMPLETED, RunStatus.FAILED)),
                LONG);
    }

    @Test
    void a_call_whose_id_is_active_joins_that_run_and_does_not_end_it() {
        sample.externalId("nightly");
        Object one = enter();
        Object two = enter();
        tracker().threw(two, new Exception("not the run's"));
        tracker().returned(one, null);
        awaitEnd(RunStatus.COMPLETED);

        assertThat(attribute(two, "runId")).isEqualTo(attribute(one, "runId"));
        assertThat(pluto.exchanges(CREATE)).hasSize(1);
    }

    @Test
    void a_call_that_names_an_active_run_in_another_way_joins_it_too() {
        sample.externalId("nightly");
        Object one = enter();
        String displayId = String.valueOf(attribute(one, "displayId"));
        Object two = tracker()
                .enter(methods.register(new Sample().displayId(displayId).method()), null, new Object[0]);
        tracker().threw(two, new Exception("not the run's"));
        tracker().returned(one, null);
        awaitEnd(RunStatus.COMPLETED);

        assertThat(attribute(two, "runId")).isEqualTo(attribute(one, "runId"));
        assertThat(pluto.exchanges()).noneMatch(exchange -> exchange.path().endsWith("/resume"));
    }

    @Test
    void P2_in_mode_noop_nothing_is_sent_or_told() {
        sample.environment.put("PLUTO_MODE", "noop");
        Object call = enter();
        tracker().returned(call, null);

        assertThat(attribute(call, "runId")).isNull();
        assertThat(pluto.exchanges()).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void P3_P6_a_missing_key_is_told_once_for_a_hundred_calls_which_are_recorded() throws IOException {
        sample.environment.remove("PLUTO_API_KEY");
        for (int i = 0; i < 100; i++) {
            tracker().returned(enter(), null);
        }

        assertThat(lines())
                .singleElement()
                .asString()
                .contains(
                        "recorded in", "no API key: set PLUTO_API_KEY, or PLUTO_API_KEY_FILE to a file that holds it");
        try (Stream<Path> journals = Files.list(directory.resolve(".pluto").resolve("jvm"))) {
            assertThat(journals).hasSize(100);
        }
        assertThat(pluto.exchanges()).isEmpty();
    }

    @Test
    void P3_a_rejected_key_lets_the_method_run_untracked_and_is_told_1_2_4_times() {
        sample.environment.put("PLUTO_API_KEY", pluto.expiredKey());
        for (int i = 0; i < 5; i++) {
            tracker().returned(enter(), null);
        }

        assertThat(pluto.runs()).isEmpty();
        assertThat(lines())
                .hasSize(3)
                .allMatch(line -> line.contains(
                        "rejected the API key from PLUTO_API_KEY (401 Unauthorized: API key has expired)"));
        assertThat(out.toString(UTF_8)).doesNotContain(pluto.expiredKey());
    }

    @Test
    void P3_where_tracking_is_demanded_a_method_that_can_t_be_tracked_does_not_start() {
        sample.environment.put("PLUTO_ON_ERROR", "fail");
        sample.environment.put("PLUTO_API_KEY", pluto.revokedKey());
        assertThat(enter())
                .asString()
                .startsWith("pluto: Trainer.train does not start: the server rejected the API key");
        sample.environment.put("PLUTO_API_KEY", pluto.apiKey());
        sample.environment.put("PLUTO_URL_API", "");
        forgetTracker();
        assertThat(enter())
                .asString()
                .startsWith("pluto: Trainer.train does not start: ")
                .contains("set PLUTO_URL_API");
        assertThat(enter()).as("every time").asString().startsWith("pluto: Trainer.train does not start: ");
        assertThat(pluto.runs()).isEmpty();
    }

    @Test
    void P4_where_tracking_is_demanded_and_the_start_is_late_the_run_that_came_of_it_ends_failed() {
        sample.environment.put("PLUTO_ON_ERROR", "fail");
        sample.environment.put("PLUTO_START_TIMEOUT", "100ms");
        pluto.faults().next(CREATE, Fault.delay(Duration.ofMillis(300)));

        assertThat(enter()).asString().startsWith("pluto: Trainer.train does not start: no answer from");
        awaitEnd(RunStatus.FAILED);
    }

    @Test
    void P3_a_server_that_does_not_answer_costs_one_time_out_and_the_runs_come_late() {
        Duration timeout = Duration.ofSeconds(1);
        sample.environment.put("PLUTO_START_TIMEOUT", timeout.toMillis() + "ms");
        pluto.faults().always(CREATE, Fault.dropBeforeProcessing());
        List<Object> calls = new ArrayList<>();
        long before = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            calls.add(enter());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("of ten calls one waits")
                .isBetween(timeout, timeout.multipliedBy(calls.size() / 2));
        assertThat(attribute(calls.get(0), "runId")).isNull();
        assertThat(lines())
                .anyMatch(line -> line.contains("no answer from " + pluto.apiUrl() + " (PLUTO_URL_API) within 1.0 s"));
        pluto.faults().clear();
        calls.forEach(call -> tracker().returned(call, null));

        pluto.await(
                p -> p.runs().stream()
                                .filter(run -> run.status() == RunStatus.COMPLETED)
                                .count()
                        == 10,
                LONG);
        assertThat(pluto.runs()).hasSize(10);
    }

    @Test
    void P1_an_interrupt_during_the_wait_stays_set_and_the_run_comes_late() {
        pluto.faults().next(CREATE, Fault.delay(Duration.ofMillis(300)));
        Thread.currentThread().interrupt();
        Object call = enter();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("starts without its run: the wait for", "was interrupted");
        pluto.await(p -> p.runs().size() == 1, LONG);
        tracker().returned(call, null);
        awaitEnd(RunStatus.COMPLETED);
        assertThat(lines()).anyMatch(line -> line.startsWith("pluto: run PLU-1 started late: "));
    }

    @Test
    void more_runs_than_allowed_execute_untracked() {
        sample.environment.put("PLUTO_MAX_RUNS", "2");
        List<Object> calls = List.of(enter(), enter(), enter());

        assertThat(pluto.runs()).hasSize(2);
        assertThat(attribute(calls.get(2), "runId")).isNull();
        assertThat(lines())
                .anyMatch(
                        line -> line.equals(
                                "pluto: Trainer.train runs untracked: 2 runs are open already; raise PLUTO_MAX_RUNS if that is meant"));
        calls.forEach(call -> tracker().returned(call, null));
        pluto.await(p -> p.runs().stream().allMatch(run -> run.status() == RunStatus.COMPLETED), LONG);
    }

    @Test
    void P8_what_can_t_be_followed_is_told_and_the_call_is_untracked() {
        sample.runId("1").externalId("e");
        Object call = enter();

        assertThat(attribute(call, "runId")).isNull();
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("pluto: Trainer.train runs untracked: two ids in one source");
        assertThat(pluto.exchanges()).isEmpty();
    }

    @Test
    void a_setting_that_is_not_understood_is_told_once() {
        sample.environment.put("PLUTO_START_TIMEOUT", "soon");
        tracker().returned(enter(), null);
        tracker().returned(enter(), null);

        assertThat(lines().stream().filter(line -> line.contains("PLUTO_START_TIMEOUT")))
                .hasSize(1);
        pluto.await(p -> p.runs().size() == 2, LONG);
    }

    @Test
    void a_setting_that_is_left_out_is_told_ahead_of_what_comes_of_it() {
        sample.environment.put("PLUTO_URL_API", "localhost:3001");
        tracker().returned(enter(), null);

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("PLUTO_URL_API", "is not understood");
        assertThat(lines().get(1)).contains("runs untracked");
    }

    @Test
    void tests_make_no_runs_which_is_told_once() {
        sample.properties.put("sun.java.command", "sbt.ForkMain 127.0.0.1 4711");
        tracker().returned(enter(), null);
        tracker().returned(enter(), null);

        assertThat(lines())
                .containsExactly(
                        "pluto: Trainer.train runs untracked, as this JVM runs tests (sbt); set PLUTO_MODE=online"
                                + " to track them, PLUTO_MODE=noop to hear no more of it");
        assertThat(pluto.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLUTO_MODE=online", "PLUTO_ENABLED=true"})
    void unless_somebody_asks_for_them(String setting) {
        sample.properties.put("sun.java.command", "sbt.ForkMain 127.0.0.1 4711");
        sample.environment.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        tracker().returned(enter(), null);

        awaitEnd(RunStatus.COMPLETED);
    }

    @Test
    void P3_a_server_that_is_not_there_is_told_with_its_URL() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            sample.environment.put("PLUTO_URL_API", "http://127.0.0.1:" + socket.getLocalPort());
        }
        sample.environment.put("PLUTO_START_TIMEOUT", "100ms");
        tracker().returned(tracker().enter(methods.register(sample.method()), null, NONE), null);

        assertThat(lines())
                .singleElement()
                .asString()
                .contains(sample.environment.get("PLUTO_URL_API") + " (PLUTO_URL_API)");
    }
}
