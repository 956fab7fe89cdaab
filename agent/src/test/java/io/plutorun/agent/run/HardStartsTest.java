package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts under conditions that programs, disks and servers do make: all at once, without a disk, with a fault. */
class HardStartsTest extends TrackerFixture {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CREATE = "/api/runs/create";

    HardStartsTest(@TempDir Path directory) {
        super(directory);
    }

    private double durationOfTheOnlyRun() {
        pluto.await(p -> p.runs().size() == 1 && p.runs().get(0).status() == RunStatus.COMPLETED, LONG);
        Number seconds = (Number)
                Objects.requireNonNull(pluto.runs().get(0).statusMetadata().get("duration_seconds"));
        return seconds.doubleValue();
    }

    @Test
    void P8_the_wait_for_the_server_is_no_part_of_the_duration() {
        Duration delay = Duration.ofSeconds(2);
        pluto.faults().next(CREATE, Fault.delay(delay));
        Object call = enter();
        tracker().returned(call, null);

        assertThat(durationOfTheOnlyRun()).isLessThan(delay.toMillis() / 1000.0);
    }

    @Test
    void the_limit_of_runs_holds_however_many_threads_enter_at_once() throws Exception {
        sample.environment.put("PLUTO_MAX_RUNS", "3");
        int threads = 8;
        enter();
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Object>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                calls.add(pool.submit(() -> {
                    together.await();
                    return enter();
                }));
            }
            int tracked = 0;
            for (Future<Object> call : calls) {
                tracked += call.get() == Call.UNTRACKED ? 0 : 1;
            }
            assertThat(tracked).isEqualTo(2);
            assertThat(pluto.runs()).hasSize(3);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void P3_where_tracking_is_demanded_and_nothing_can_be_recorded_an_offline_method_does_not_start()
            throws IOException {
        sample.environment.put("PLUTO_ON_ERROR", "fail");
        sample.environment.put("PLUTO_MODE", "offline");
        sample.environment.put(
                "PLUTO_DIR", Files.createFile(directory.resolve("file")).toString());

        for (int i = 0; i < 2; i++) {
            assertThat(enter())
                    .asString()
                    .startsWith("pluto: Trainer.train does not start: ")
                    .contains("nothing can be recorded on disk");
        }
    }

    @Test
    void P3_where_tracking_is_demanded_an_error_of_the_program_s_own_objects_keeps_the_method_from_starting() {
        sample.environment.put("PLUTO_ON_ERROR", "fail");
        sample.parameter("data", null, true);

        assertThat(enter(Collections.unmodifiableList(new Broken())))
                .asString()
                .startsWith("pluto: Trainer.train does not start: ");
    }

    @Test
    void P3_an_error_of_the_program_s_own_objects_is_one_line_and_the_method_runs_untracked() {
        sample.parameter("data", null, true);

        assertThat(enter(Collections.unmodifiableList(new Broken()))).isSameAs(Call.UNTRACKED);
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("Trainer.train runs untracked: ", "ExceptionInInitializerError");
    }

    @Test
    void P5_what_the_main_thread_dies_of_is_how_a_run_of_the_process_ends() {
        sample.environment.put("PLUTO_SCOPE", "process");
        Call call = (Call) enter();
        tracker().returned(call, null);
        ActiveRun run = Objects.requireNonNull(call.run());
        assertThat(run.outcome().verdict().status().name()).isEqualTo("COMPLETED");

        Thread other = new Thread(() -> {});
        tracker().dying(other, new IllegalStateException("not the main thread"));
        assertThat(run.outcome().verdict().status().name()).isEqualTo("COMPLETED");
        tracker().dying(mainThread(), new IllegalStateException("diverged"));
        tracker().returned(enter(), null);

        assertThat(run.outcome().verdict().status().name()).isEqualTo("FAILED");
        assertThat(run.outcome().verdict().evidence())
                .containsEntry("exception", "java.lang.IllegalStateException")
                .containsEntry("message", "diverged")
                .containsEntry("exit_code", 1);
        assertThat(pluto.runs()).extracting(FakeRun::status).containsExactly(RunStatus.RUNNING);
    }

    private static Thread mainThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("main"))
                .findFirst()
                .orElseThrow();
    }

    /** A collection over data that is not there. */
    private static final class Broken extends AbstractList<String> {

        @Override
        public String get(int index) {
            throw new ExceptionInInitializerError("the data set is gone");
        }

        @Override
        public int size() {
            throw new ExceptionInInitializerError("the data set is gone");
        }
    }
}
