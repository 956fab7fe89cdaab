package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessLifeTest {

    @Test
    void a_process_has_a_birth_until_it_has_ended() throws Exception {
        Process alive = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(ProcessLife.birth(alive.pid())).isPresent().isEqualTo(ProcessLife.birth(alive.pid()));
        } finally {
            alive.destroyForcibly().waitFor();
        }
        assertThat(ProcessLife.birth(alive.pid())).isEmpty();
    }

    /** In a container the first process is often one that asks for no child's end. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void a_process_that_has_ended_is_gone_though_its_parent_does_not_ask_for_its_end() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try (BufferedReader out = parent.inputReader()) {
            long child = Long.parseLong(out.readLine());
            assertThat(ProcessLife.birth(child)).isPresent();
            assertThat(ProcessHandle.of(child).orElseThrow().destroyForcibly()).isTrue();
            while (!stat(child).contains(") Z ")) {
                Thread.onSpinWait();
            }

            assertThat(ProcessLife.birth(child)).isEmpty();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static String stat(long pid) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    }
}
