package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.ingest.MetricSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JVM, the machine and its GPUs do while a run is open is on the run's page. */
class SystemMetricsTest {

    private static final String HEAP = "sys/jvm.heap.used";

    private final Path directory;

    SystemMetricsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Program training(FakePluto pluto, int rank) {
        return SeveralProcessesTest.rank(pluto, directory, rank, 2, "return")
                .env("PLUTO_SYSTEM_METRICS_INTERVAL", "1s");
    }

    private static void awaitLooks(FakePluto pluto, String name, int looks) {
        pluto.await(p -> !p.runs().isEmpty() && p.series(1, name).size() >= looks, Await.LONG);
    }

    private static Result ended(Running program) {
        Result result = SeveralProcessesTest.ended(program);
        assertThat(result.exitCode()).isZero();
        return result;
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_run_has_its_system_metrics_and_another_rank_has_names_of_its_own(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Running leader = training(pluto, 0).on(jdk).start();
            Running other = training(pluto, 1).on(jdk).start();
            awaitLooks(pluto, HEAP, 3);
            awaitLooks(pluto, "sys/rank1.jvm.heap.used", 1);
            ended(other);
            Result result = ended(leader);

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.ingested(1).metricNames())
                    .contains(
                            HEAP,
                            "sys/jvm.cpu",
                            "sys/jvm.rss",
                            "sys/jvm.gc.share",
                            "sys/cpu.percentage",
                            "sys/memory.used",
                            "sys/disk.used",
                            "sys/network.bytes_recv.rate")
                    .doesNotContain("sys/cpu.percentage.0")
                    .allMatch(name -> name.startsWith("sys/"));
            assertThat(DoubleStream.of(pluto.series(1, HEAP).values())).allMatch(bytes -> bytes > 1 << 20);
            assertThat(result.agentLines()).hasSize(2).noneMatch(line -> line.contains("sys/"));
        }
    }

    /** The server keeps one value for a name and a step. */
    @Test
    void the_steps_go_on_in_another_process_of_the_run() {
        try (FakePluto pluto = FakePluto.start()) {
            Running first = training(pluto, 0).start();
            awaitLooks(pluto, HEAP, 2);
            ended(first);
            int before = pluto.series(1, HEAP).size();
            Running second = training(pluto, 0).start();
            awaitLooks(pluto, HEAP, before + 2);
            ended(second);

            MetricSeries series = pluto.series(1, HEAP);
            assertThat(series.arrivals().replaced() + series.arrivals().outdated())
                    .isZero();
            for (int i = 0; i < series.size(); i++) {
                assertThat(series.step(i)).isEqualTo(i);
            }
        }
    }

    @Test
    void a_gpu_is_asked_by_one_process_that_ends_with_the_run() throws IOException {
        Path pid = directory.resolve("pid");
        Path command = Files.createDirectories(directory.resolve("bin")).resolve("nvidia-smi");
        Files.writeString(
                command,
                "#!/bin/sh\ncase \"$*\" in *loop*) ;; *) exit ;; esac\necho $$ >> " + pid
                        + "\nwhile echo '0, NVIDIA H200, 87, 1024, 143771, 76.35'; do\n" + "sleep 1\ndone\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        try (FakePluto pluto = FakePluto.start()) {
            Running training = training(pluto, 0)
                    .env("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"))
                    .start();
            awaitLooks(pluto, "sys/gpu.0.nvidia_h200.utilization", 2);
            long process = Long.parseLong(Files.readString(pid).strip());
            ended(training);

            assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(pluto.series(1, "sys/gpu.0.nvidia_h200.power").values()).containsOnly(76350);
        }
    }

    @Test
    void without_them_nothing_is_recorded_and_with_cores_each_core_is() {
        try (FakePluto pluto = FakePluto.start()) {
            Running off = training(pluto, 0)
                    .env("PLUTO_SYSTEM_METRICS", "false")
                    .env("PLUTO_EXTERNAL_ID", "off")
                    .start();
            Running cores = training(pluto, 0)
                    .env("PLUTO_SYSTEM_METRICS", "cores")
                    .env("PLUTO_EXTERNAL_ID", "cores")
                    .start();
            pluto.await(p -> p.runs().size() == 2, Await.LONG);
            long run = pluto.runs().stream()
                    .filter(r -> "cores".equals(r.externalId()))
                    .findFirst()
                    .orElseThrow()
                    .id();
            pluto.await(p -> p.series(run, "sys/cpu.percentage.0").size() >= 1, Await.LONG);
            ended(off);
            ended(cores);

            assertThat(pluto.ingested(3 - run).metricNames()).isEmpty();
            assertThat(pluto.run(3 - run).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }
}
