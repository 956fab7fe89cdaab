package io.plutorun.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.plutorun.agent.host.linux.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a machine's files, from its beans, and in what {@code nvidia-smi} writes. */
class SourcesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Path root;

    SourcesTest(@TempDir Path root) {
        this.root = root;
    }

    private SystemFiles files() {
        return new SystemFiles(root);
    }

    private void file(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    private static Map<String, Double> look(Source source, double seconds) {
        Sample sample = new Sample(seconds);
        source.look(sample);
        return sample.values();
    }

    private void stat(int user, int idle, int ioWait) throws IOException {
        file("proc/stat", """
                cpu  %1$d 0 0 %2$d %3$d 0 0 0 7 7
                cpu0 %1$d 0 0 0 0 0 0 0 0 0
                cpu1 0 0 0 %2$d %3$d 0 0 0 0 0
                intr 1 2 3
                """.formatted(user, idle, ioWait));
    }

    @Test
    void the_machine_s_cores_are_their_mean_over_the_time_since_the_last_look() throws IOException {
        Source source = new MachineSource(files(), false);
        stat(100, 100, 100);
        assertThat(look(source, 0)).doesNotContainKey("cpu.percentage");
        stat(130, 160, 110);
        assertThat(look(source, 10)).containsEntry("cpu.percentage", 30.0).doesNotContainKey("cpu.percentage.0");
    }

    @Test
    void each_core_is_told_where_that_is_asked_for() throws IOException {
        Source source = new MachineSource(files(), true);
        stat(100, 100, 100);
        look(source, 0);
        stat(130, 160, 110);
        assertThat(look(source, 10))
                .contains(
                        entry("cpu.percentage", 30.0),
                        entry("cpu.percentage.0", 100.0),
                        entry("cpu.percentage.1", 0.0));
    }

    @Test
    void memory_is_in_bytes_and_what_is_available_is_not_used() throws IOException {
        file("proc/meminfo", "MemTotal:  1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nActive: 250 kB\n");
        file("proc/self/status", "Name: java\nVmRSS:\t   77 kB\n");
        assertThat(look(new MachineSource(files(), false), 0))
                .contains(
                        entry("memory.used", 600.0 * 1024),
                        entry("memory.active", 250.0 * 1024),
                        entry("jvm.rss", 77.0 * 1024));
    }

    private void network(long received, long sent) throws IOException {
        file("proc/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
                    lo:     100       1    0    0    0     0          0         0      100       1    0    0
                  eth0:%d       1    0    0    0     0          0         0      %d       1    0    0
                """.formatted(received, sent));
    }

    @Test
    void the_network_is_the_sum_of_all_interfaces_and_what_was_added_a_second() throws IOException {
        Source source = new MachineSource(files(), false);
        network(5000, 70);
        assertThat(look(source, 0))
                .contains(entry("network.bytes_recv", 5100.0), entry("network.bytes_sent", 170.0))
                .doesNotContainKey("network.bytes_recv.rate");
        network(6000, 90);
        assertThat(look(source, 10))
                .contains(entry("network.bytes_recv.rate", 100.0), entry("network.bytes_sent.rate", 2.0));
    }

    @Test
    void where_there_are_no_files_only_the_disk_is_told() {
        assertThat(look(new MachineSource(files(), true), 10)).containsOnlyKeys("disk.used");
        assertThat(look(new CgroupSource(files()), 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/system.slice/job", "/outside/of/the/container"})
    void a_group_of_version_2(String group) throws IOException {
        file("proc/self/cgroup", "0::" + group + "\n");
        file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        String folder = "sys/fs/cgroup" + (group.equals("/system.slice/job") ? group : "");
        file(folder + "/cpu.stat", "usage_usec 5\nthrottled_usec 1000\n");
        file(folder + "/memory.current", "4096\n");
        file(folder + "/memory.max", "8192\n");
        Source source = new CgroupSource(files());
        assertThat(look(source, 0))
                .containsOnly(entry("cgroup.memory.used", 4096.0), entry("cgroup.memory.limit", 8192.0));
        file(folder + "/cpu.stat", "usage_usec 5\nthrottled_usec 3500\n");
        file(folder + "/memory.max", "max\n");
        assertThat(look(source, 10))
                .containsOnly(entry("cgroup.memory.used", 4096.0), entry("cgroup.cpu.throttled_ms", 2.5));
    }

    @Test
    void a_group_of_version_1() throws IOException {
        file("proc/self/cgroup", "5:cpu,cpuacct:/docker/a\n4:memory:/docker/b\n1:name=systemd:/docker/c\n");
        file("sys/fs/cgroup/cpu/docker/a/cpu.stat", "nr_throttled 3\nthrottled_time 1000000\n");
        file("sys/fs/cgroup/memory/docker/b/memory.usage_in_bytes", "4096\n");
        file("sys/fs/cgroup/memory/docker/b/memory.limit_in_bytes", "9223372036854771712\n");
        Source source = new CgroupSource(files());
        assertThat(look(source, 0)).containsOnly(entry("cgroup.memory.used", 4096.0));
        file("sys/fs/cgroup/cpu/docker/a/cpu.stat", "nr_throttled 3\nthrottled_time 4000000\n");
        file("sys/fs/cgroup/memory/docker/b/memory.limit_in_bytes", "8192\n");
        assertThat(look(source, 10))
                .containsOnly(
                        entry("cgroup.memory.used", 4096.0),
                        entry("cgroup.memory.limit", 8192.0),
                        entry("cgroup.cpu.throttled_ms", 3.0));
    }

    @Test
    void this_jvm() {
        Source source = new JvmSource();
        assertThat(look(source, 0))
                .containsKeys("jvm.heap.used", "jvm.heap.committed", "jvm.nonheap.used", "jvm.direct.used")
                .doesNotContainKeys("jvm.cpu", "jvm.gc.count");
        System.gc();
        Map<String, Double> second = look(source, 10);
        assertThat(second.get("jvm.gc.count")).isPositive();
        assertThat(second.get("jvm.gc.share"))
                .isCloseTo(second.getOrDefault("jvm.gc.pause_ms", -1.0) / 100, within(1e-9));
        assertThat(second.get("jvm.cpu")).isBetween(0.0, 100.0);
        assertThat(second.get("jvm.threads")).isPositive();
        assertThat(second.get("jvm.classes")).isGreaterThan(500);
        assertThat(second.get("jvm.fds")).isPositive();
        assertThat(second.getOrDefault("jvm.allocated_rate", 1.0)).isPositive(); // not every JVM tells it
    }

    /** A command that says, into a file, what it was called with and as which process. */
    private GpuSource gpus(String script) throws IOException {
        Path command = Files.createDirectories(root.resolve("bin")).resolve("nvidia-smi");
        Files.writeString(command, "#!/bin/sh\necho \"$@\" > " + root.resolve("called") + "\n" + script);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return new GpuSource("/nowhere:" + root.resolve("bin"), Duration.ofSeconds(10));
    }

    private static Map<String, Double> awaitValues(Source source) {
        long deadline = System.nanoTime() + LONG.toNanos();
        Map<String, Double> values = look(source, 10);
        while (values.isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            values = look(source, 10);
        }
        return values;
    }

    @Test
    void a_gpu_has_the_names_and_units_of_the_sdk_and_what_it_does_not_tell_is_left_out() throws IOException {
        try (GpuSource source = gpus("""
                echo "0, NVIDIA H200, 87, 1024, 143771, 76.35"
                exec sleep 600
                """)) {
            assertThat(awaitValues(source))
                    .containsOnly(
                            entry("gpu.0.nvidia_h200.utilization", 87.0),
                            entry("gpu.0.nvidia_h200.memory.used", 1024.0 * (1 << 20)),
                            entry("gpu.0.nvidia_h200.memory.utilization", 100 * 1024.0 / 143771),
                            entry("gpu.0.nvidia_h200.power", 76350.0));
            assertThat(look(source, 10)).as("a process that hangs").isEmpty();
        }
        assertThat(Files.readString(root.resolve("called")))
                .isEqualTo("--query-gpu=index,name,utilization.gpu,memory.used,memory.total,power.draw"
                        + " --format=csv,noheader,nounits --loop-ms=10000\n");
    }

    @Test
    void a_gpu_that_tells_little() throws IOException {
        try (GpuSource source =
                gpus("echo 'Failed to initialize NVML'\necho '1, Tesla K80-x, [N/A], 7, [N/A], [N/A]'\n")) {
            assertThat(awaitValues(source)).containsOnly(entry("gpu.1.tesla_k80_x.memory.used", 7.0 * (1 << 20)));
        }
    }

    @Test
    void a_command_that_hangs_keeps_nobody_and_ends_with_the_source() throws Exception {
        GpuSource source = gpus("echo $$ > " + root.resolve("pid") + "\nexec sleep 600\n");
        assertThat(look(source, 10)).isEmpty();
        Path pid = root.resolve("pid");
        long deadline = System.nanoTime() + LONG.toNanos();
        while ((!Files.exists(pid) || Files.size(pid) == 0) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        source.close();
        assertThat(process.onExit()).succeedsWithin(LONG);
    }

    @Test
    void without_the_command_nothing_is_started() {
        try (GpuSource source = new GpuSource("/nowhere::\0", Duration.ofSeconds(10))) {
            assertThat(look(source, 0)).isEmpty();
        }
        try (GpuSource source = new GpuSource(null, Duration.ofSeconds(10))) {
            assertThat(look(source, 0)).isEmpty();
        }
    }
}
