package io.plutorun.agent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.linux.ControlGroup;
import io.plutorun.agent.host.linux.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel has counted of a container that wants memory, and what of it is evidence of a run's failure. */
class MemoryEventsTest {

    private static final String GROUP = "sys/fs/cgroup/";

    private final Path root;
    private final Failures failures;

    MemoryEventsTest(@TempDir Path root) {
        this.root = root;
        this.failures = new Failures(new ControlGroup(new SystemFiles(root)));
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void of_version_2_both_are_counted() throws IOException {
        file(GROUP + "cgroup.controllers", "cpu memory\n");
        file(GROUP + "memory.events", "low 0\nhigh 9\nmax 31\noom 4\noom_kill 3\noom_group_kill 1\n");

        assertThat(failures.memoryEvents()).isEqualTo(Map.of("oom", 4L, "oom_kill", 3L));
    }

    @Test
    void of_version_2_a_group_of_its_own_counts_and_not_the_one_around_it() throws IOException {
        file("proc/self/cgroup", "0::/job-7\n");
        file(GROUP + "cgroup.controllers", "cpu memory\n");
        file(GROUP + "memory.events", "oom 40\noom_kill 30\n");
        file(GROUP + "job-7/memory.events", "oom 1\noom_kill 0\n");

        assertThat(failures.memoryEvents()).isEqualTo(Map.of("oom", 1L, "oom_kill", 0L));
    }

    @Test
    void of_version_1_kills_are_counted_and_what_is_under_way_is_not() throws IOException {
        file("proc/self/cgroup", "5:cpu,cpuacct:/other\n4:memory:/job-7\n");
        file(GROUP + "memory/job-7/memory.oom_control", "oom_kill_disable 0\nunder_oom 1\noom_kill 2\n");

        assertThat(failures.memoryEvents()).isEqualTo(Map.of("oom_kill", 2L));
    }

    @Test
    void where_the_kernel_does_not_count_there_is_nothing() throws IOException {
        assertThat(failures.memoryEvents()).isEmpty();
        file(GROUP + "memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\n"); // before Linux 4.13
        assertThat(failures.memoryEvents()).isEmpty();
        file(GROUP + "cgroup.controllers", "cpu\n"); // without the controller there is no memory.events
        assertThat(failures.memoryEvents()).isEmpty();
    }

    @Test
    void what_was_counted_during_the_run_is_evidence_and_nothing_else() {
        assertThat(RunFailure.added(Map.of("oom", 4L, "oom_kill", 3L), Map.of("oom", 6L, "oom_kill", 3L)))
                .isEqualTo(Map.of("cgroup_oom", 2L));
        assertThat(RunFailure.added(Map.of(), Map.of("oom_kill", 1L))).isEqualTo(Map.of("cgroup_oom_kill", 1L));
        assertThat(RunFailure.added(Map.of("oom_kill", 3L), Map.of("oom_kill", 0L)))
                .as("of another group, into which the process was moved")
                .isEmpty();
    }
}
