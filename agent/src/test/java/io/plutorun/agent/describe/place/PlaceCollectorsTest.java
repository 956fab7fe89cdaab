package io.plutorun.agent.describe.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.linux.ControlGroup;
import io.plutorun.agent.host.linux.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceCollectorsTest {

    /** As nvidia-smi prints it for the query of the collector. */
    private static final String TWO_GPUS = """
            NVIDIA H200, 570.86.15, 31, 143771, 1, 0, 345
            NVIDIA H200, 570.86.15, [N/A], 143771, [N/A], [N/A], [N/A]
            """;

    private static void file(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void a_machine_is_told_by_its_kernel_its_zone_its_start_and_its_processor(@TempDir Path root) throws IOException {
        file(root, "proc/sys/kernel/ostype", "Linux\n");
        file(root, "proc/sys/kernel/hostname", "node-7\n");
        file(root, "proc/sys/kernel/osrelease", "6.8.0-41-generic\n");
        file(root, "proc/sys/kernel/version", "#41 SMP\n");
        file(root, "proc/stat", "cpu 1 2 3\nbtime 1790000000\nprocesses 9\n");
        file(root, "etc/timezone", "Europe/Berlin\n");
        file(root, "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_min_freq", "800000\n");
        file(root, "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "3500000\n");
        Map<String, String> properties = Map.of("os.arch", "amd64");

        assertThat(new MachineCollector(new SystemFiles(root), properties::get, Map.of()).collect())
                .isEqualTo(Map.of(
                        "platform",
                        Map.of(
                                "system",
                                "Linux",
                                "node",
                                "node-7",
                                "release",
                                "6.8.0-41-generic",
                                "version",
                                "#41 SMP",
                                "machine",
                                "amd64"),
                        "timezone",
                        List.of("Europe/Berlin"),
                        "boot_time",
                        1790000000L,
                        "cpu",
                        Map.of("freq", Map.of("min", 800.0, "max", 3500.0))));
        assertThat(new MachineCollector(new SystemFiles(root), properties::get, Map.of("TZ", ":America/Lima"))
                        .collect())
                .containsEntry("timezone", List.of("America/Lima"));
    }

    @Test
    void a_machine_that_tells_no_range_has_the_pace_of_its_fastest_core_and_others_have_none(@TempDir Path root)
            throws IOException {
        Map<String, String> properties = Map.of("os.arch", "aarch64", "os.name", "Mac OS X");
        assertThat(new MachineCollector(new SystemFiles(root), properties::get, Map.of()).collect())
                .isEqualTo(Map.of("platform", Map.of("system", "Mac OS X", "machine", "aarch64")));

        file(root, "proc/cpuinfo", "cpu MHz\t\t: 2100.000\ncpu MHz\t\t: 2400.500\n");
        assertThat(new MachineCollector(new SystemFiles(root), properties::get, Map.of()).collect())
                .containsEntry("cpu", Map.of("freq", Map.of("max", 2400.5)));
    }

    private static JvmCollector jvmCollector(Path root) {
        return new JvmCollector(List::of, new Redactor(Map.of()), new ControlGroup(new SystemFiles(root)));
    }

    @Test
    void the_jvm_has_what_the_container_allows_it(@TempDir Path root) throws IOException {
        JvmCollector collector = jvmCollector(root);
        assertThat(collector.collect())
                .extractingByKey("jvm", InstanceOfAssertFactories.map(String.class, Object.class))
                .doesNotContainKey("container");

        file(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        file(root, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        file(root, "sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        assertThat(collector.collect().toString()).doesNotContain("container");

        file(root, "sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        file(root, "sys/fs/cgroup/memory.max", "8589934592\n");
        file(root, "sys/fs/cgroup/cpu.max", "150000 100000\n");
        collector = jvmCollector(root); // which version a machine has is looked for once
        assertThat(collector.collect())
                .extractingByKey("jvm", InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("container", Map.of("memory", 8589934592L, "cpu", 1.5));

        file(root, "sys/fs/cgroup/cpu.max", "max 100000\n");
        assertThat(collector.collect().toString()).contains("container={memory=8589934592}");
    }

    @Test
    void a_jvm_tells_its_garbage_collector_and_the_flags_that_someone_has_changed() {
        assertThat(new JvmFlagsCollector().collect())
                .extractingByKey("jvm", InstanceOfAssertFactories.map(String.class, Object.class))
                .satisfies(jvm ->
                        assertThat(jvm.get("gc")).isIn("G1", "Parallel", "Serial", "ZGC", "Shenandoah", "Epsilon"))
                .extractingByKey("flags", InstanceOfAssertFactories.map(String.class, Object.class))
                .containsKey("MaxHeapSize")
                .doesNotContainKey("UseContainerSupport");
    }

    @Test
    void gpus_are_told_in_the_shape_and_the_units_of_the_page() {
        assertThat(GpuCollector.of(TWO_GPUS))
                .isEqualTo(Map.of(
                        "gpu",
                        Map.of(
                                "nvidia",
                                Map.of(
                                        "count",
                                        2,
                                        "driver",
                                        "570.86.15",
                                        "devices",
                                        List.of(
                                                Map.of(
                                                        "name",
                                                        "NVIDIA H200",
                                                        "temp",
                                                        31L,
                                                        "pid",
                                                        List.of(),
                                                        "memory",
                                                        Map.of("total", 143771L << 20, "used", 1L << 20),
                                                        "utilization",
                                                        0L,
                                                        "clockSpeed",
                                                        345L),
                                                Map.of(
                                                        "name",
                                                        "NVIDIA H200",
                                                        "temp",
                                                        0L,
                                                        "pid",
                                                        List.of(),
                                                        "memory",
                                                        Map.of("total", 143771L << 20)))))));
    }

    @Test
    void a_message_instead_of_gpus_is_no_card() {
        assertThat(GpuCollector.of("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n"))
                .isEmpty();
    }

    @Test
    void the_command_is_found_by_the_path_and_gets_none_of_the_agents_settings(@TempDir Path folder) throws Exception {
        Path command = Files.writeString(
                folder.resolve("nvidia-smi"), "#!/bin/sh\necho \"GPU${PLUTO_API_KEY}, 1, 2, 3, 4, 5, 6\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(new GpuCollector("/nowhere:" + folder).collect().toString()).contains("name=GPU,", "count=1");
        assertThat(new GpuCollector("/nowhere").collect()).isEmpty();
        assertThat(new GpuCollector(null).collect()).isEmpty();
    }

    @Test
    void a_konduktor_job_has_texts_and_one_number() {
        Map<String, String> variables =
                Map.of("KONDUKTOR_JOB_NAME", "train", "NUM_NODES", "2", "NUM_GPUS_PER_NODE", "8", "RANK", "1");

        assertThat(new KonduktorCollector(variables).collect())
                .isEqualTo(Map.of(
                        "konduktor",
                        Map.of(
                                "job_name",
                                "train",
                                "num_nodes",
                                "2",
                                "num_gpus_per_node",
                                "8",
                                "rank",
                                "1",
                                "total_gpus",
                                16L)));
        assertThat(new KonduktorCollector(Map.of("NUM_NODES", "2")).collect()).isEmpty();
        assertThat(new KonduktorCollector(Map.of("KONDUKTOR_JOB_NAME", "a", "NUM_NODES", "x")).collect())
                .isEqualTo(Map.of("konduktor", Map.of("job_name", "a", "num_nodes", "x")));
    }

    @Test
    void a_slurm_job_is_one_that_has_a_number() {
        assertThat(new SlurmCollector(Map.of("SLURM_JOB_ID", "7", "SLURM_JOB_PARTITION", "gpu", "SLURM_JOB_NAME", " "))
                        .collect())
                .isEqualTo(Map.of("slurm", Map.of("job_id", "7", "partition", "gpu")));
        assertThat(new SlurmCollector(Map.of("SLURM_CLUSTER_NAME", "c")).collect())
                .isEmpty();
    }

    @Test
    void a_pod_has_its_namespace_by_a_file_and_its_name_as_the_hosts(@TempDir Path root) throws IOException {
        Path file = root.resolve("var/run/secrets/kubernetes.io/serviceaccount/namespace");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "research\n");
        SystemFiles files = new SystemFiles(root);

        assertThat(new KubernetesCollector(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "HOSTNAME", "pod-1"), files)
                        .collect())
                .isEqualTo(Map.of("kubernetes", Map.of("namespace", "research", "pod", "pod-1")));
        assertThat(new KubernetesCollector(Map.of("HOSTNAME", "laptop"), files).collect())
                .isEmpty();
    }

    @Test
    void a_build_is_told_with_its_service() {
        assertThat(new ContinuousIntegrationCollector(Map.of("GITHUB_ACTIONS", "true", "GITHUB_RUN_ID", "9")).collect())
                .isEqualTo(Map.of("ci", Map.of("service", "github", "run", "9")));
        assertThat(new ContinuousIntegrationCollector(Map.of("BUILD_NUMBER", "9")).collect())
                .isEmpty();
    }
}
