package io.plutorun.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.TestWiring;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.shutdown.NoExits;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
        sample.breakProperty("java.vm.name");

        assertThat(enter()).asString().startsWith("pluto: Trainer.train does not start: ");
    }

    @Test
    void P3_an_error_of_the_program_s_own_objects_is_one_line_and_the_method_runs_untracked() {
        sample.breakProperty("java.vm.name");

        assertThat(enter()).isSameAs(Call.UNTRACKED);
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("Trainer.train runs untracked: ", "ExceptionInInitializerError");
    }

    @Test
    void P5_what_runs_out_of_memory_behind_a_line_is_done_again_and_the_line_is_not_told_again() {
        sample.environment.put("PLUTO_SHUTDOWN_TIMEOUT", LONG.toSeconds() + "s");
        Redactor redactor = new Redactor(sample.environment);
        OutputStream shortOfMemory = new OutputStream() {
            private final Set<Boolean> seen = new HashSet<>();

            @Override
            public void write(int b) {
                throw new UnsupportedOperationException("a line is one write");
            }

            @Override
            public void write(byte[] line, int offset, int length) {
                out.write(line, offset, length);
                boolean isOfTheStart = new String(line, offset, length, UTF_8).contains(" started: ");
                if (seen.add(isOfTheStart)) { // the first line of the start, and that of the end
                    throw new OutOfMemoryError("as intended");
                }
            }
        };
        Tracker tracker = TestWiring.tracker(
                methods,
                sample.settings(),
                sample.jvm(),
                redactor,
                Console.over(shortOfMemory, redactor, LogLevel.INFO),
                new NoExits());
        Object call = tracker.enter(methods.register(sample.method()), null, new Object[0]);
        tracker.returned(call, null);
        pluto.await(p -> p.runs().size() == 1 && p.run(1).status() == RunStatus.COMPLETED, LONG);
        pluto.await(p -> lines().size() == 2, LONG); // before, the delivery may not know yet that it has to try again
        for (int i = 0; i < LONG.toSeconds() && !journals().isEmpty(); i++) {
            tracker.halting(0); // waits for the delivery, a second at most
        }

        assertThat(journals()).isEmpty();
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).startsWith("pluto: run PLU-1 started");
        assertThat(lines().get(1)).startsWith("pluto: run PLU-1 COMPLETED");
        assertThat(pluto.runs()).hasSize(1);
    }

    @Test
    void P5_after_a_first_call_that_had_not_enough_memory_the_next_run_is_tracked_and_ends_with_the_jvm() {
        sample.environment.put("PLUTO_SHUTDOWN_TIMEOUT", LONG.toSeconds() + "s");
        sample.breakProperty("pluto.shutdown.timeout", new OutOfMemoryError("as intended")); // what is read last
        assertThat(enter()).isSameAs(Call.UNTRACKED);

        sample.breakProperty("none", new OutOfMemoryError());
        assertThat(enter()).isInstanceOf(Call.class).isNotSameAs(Call.UNTRACKED);
        tracker().halting(3);

        assertThat(pluto.runs()).extracting(FakeRun::status).containsExactly(RunStatus.FAILED);
    }

    private List<Path> journals() {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto/jvm"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void P3_a_call_for_which_memory_does_not_suffice_is_told_as_that_and_not_as_a_fault_of_the_agent() {
        UntrackedCalls untracked = new UntrackedCalls(
                false,
                new Redactor(sample.environment),
                Console.over(out, new Redactor(sample.environment), LogLevel.INFO));
        NoClassDefFoundError spoilt = new NoClassDefFoundError("Could not initialize class okhttp3.Platform");
        spoilt.initCause(new ExceptionInInitializerError(
                "Exception java.lang.OutOfMemoryError: Java heap space [in thread \"main\"]"));

        var unused = untracked.fault(sample.method(), new OutOfMemoryError("Java heap space"));
        unused = untracked.fault(sample.method(), spoilt);
        unused = untracked.fault(sample.method(), new NoClassDefFoundError("com/acme/Missing"));

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0))
                .contains("the JVM was short of memory, stack or files")
                .doesNotContain("report");
        assertThat(lines().get(1))
                .contains("short of memory, stack or files", "(time 2)")
                .doesNotContain("report");
        assertThat(lines().get(2)).contains("the agent failed", "please report this");
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

    // ---- what a call has taken for its run, and has no use for

    /** Whether this process still holds the one state file that there is. */
    private boolean isStateHeld() throws IOException {
        Path state = journals().stream()
                .filter(file -> file.toString().endsWith(".state"))
                .findFirst()
                .orElseThrow();
        try (FileChannel channel = FileChannel.open(state, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    @Test
    void P4_a_run_that_is_given_up_before_its_method_starts_leaves_its_state_file_to_the_next_process()
            throws IOException {
        sample.environment.put("PLUTO_RESUME", "auto");
        sample.environment.put("PLUTO_ON_ERROR", "fail");
        pluto.faults().always(CREATE, Fault.status(401, "{\"error\":\"Unauthorized\"}"));

        assertThat(enter()).asString().contains("does not start");
        assertThat(isStateHeld()).isFalse();
    }

    @Test
    void P4_a_run_that_goes_on_holds_its_state_file() throws IOException {
        sample.environment.put("PLUTO_RESUME", "auto");
        Object call = enter();

        assertThat(isStateHeld()).isTrue();
        tracker().returned(call, null);
        assertThat(isStateHeld()).isFalse();
    }

    @Test
    void P4_a_call_that_can_t_be_tracked_leaves_its_state_file_to_the_next_process() throws IOException {
        sample.environment.put("PLUTO_RESUME", "auto");
        sample.environment.put("PLUTO_TAGS", "mlpi_" + "0123456789abcdef".repeat(4));

        assertThat(enter()).isSameAs(Call.UNTRACKED);
        assertThat(isStateHeld()).isFalse();
    }

    @Test
    void P4_a_call_that_comes_when_the_jvm_ends_leaves_its_state_file_to_the_next_process() throws IOException {
        Object other = enter(); // so that there is a tracking
        tracker().returned(other, null);
        tracker().halting(0);
        sample.environment.put("PLUTO_RESUME", "auto");

        assertThat(enter()).isSameAs(Call.UNTRACKED);
        assertThat(isStateHeld()).isFalse();
    }

    private static Thread mainThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("main"))
                .findFirst()
                .orElseThrow();
    }
}
