package io.plutorun.agent.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a machine's files, and what a run records of it in the shapes that Pluto's pages show (docs/pluto-api.md). */
class ProcFilesTest {

    private final Path root;

    ProcFilesTest(@TempDir Path root) {
        this.root = root;
    }

    private void file(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    private ProcFiles proc() {
        return new ProcFiles(root);
    }

    private Map<String, @Nullable Object> description() {
        return new SystemDescription(proc(), new Redactor(Map.of()), ThisJvm.ENVIRONMENT).describe();
    }

    private Map<String, @Nullable Object> part(String name) {
        return Json.object(description().get(name));
    }

    @Test
    void where_there_are_no_such_files_all_is_empty() {
        assertThat(proc().commandLine()).isEmpty();
        assertThat(proc().executable()).isNull();
        assertThat(proc().memory()).isEmpty();
        assertThat(proc().physicalCores()).isEmpty();
        assertThat(proc().osRelease()).isEmpty();
    }

    @Test
    void a_command_line_s_words_end_with_NUL_and_may_be_empty_or_hold_anything() throws IOException {
        file("proc/self/cmdline", "java\0-Dx=a b\0\0ü\n\0");
        assertThat(proc().commandLine()).containsExactly("java", "-Dx=a b", "", "ü\n");
        file("proc/self/cmdline", "java\0");
        assertThat(proc().commandLine()).containsExactly("java");
        file("proc/self/cmdline", "");
        assertThat(proc().commandLine()).isEmpty();
    }

    @Test
    void meminfo_is_read_line_by_line_and_what_is_no_number_is_left_out() throws IOException {
        file(
                "proc/meminfo",
                "MemTotal:       16384 kB\nHugePages_Total:  3\nOdd\n: 5\nBad: x kB\nEmpty:\nMemFree: -1 kB\n");
        assertThat(proc().memory()).containsOnly(entry("MemTotal", 16384L), entry("HugePages_Total", 3L));
    }

    @Test
    void a_number_that_no_long_holds_is_left_out() throws IOException {
        file("proc/meminfo", "MemTotal: 99999999999999999999 kB\nSwapTotal: 1 kB\n");
        assertThat(proc().memory()).containsOnly(entry("SwapTotal", 1L));
    }

    @Test
    void cores_are_counted_once_for_each_socket() throws IOException {
        StringBuilder cpuinfo = new StringBuilder();
        for (int cpu = 0; cpu < 8; cpu++) {
            cpuinfo.append("processor\t: ")
                    .append(cpu)
                    .append("\nphysical id\t: ")
                    .append(cpu / 4)
                    .append("\ncore id\t\t: ")
                    .append(cpu % 2)
                    .append("\n\n");
        }
        file("proc/cpuinfo", cpuinfo.toString());
        assertThat(proc().physicalCores()).hasValue(4);
        file("proc/cpuinfo", "processor : 0\nBogoMIPS : 50\n");
        assertThat(proc().physicalCores()).as("as on ARM").isEmpty();
    }

    @Test
    void os_release_loses_its_quotation_marks() throws IOException {
        file("etc/os-release", "NAME=\"Debian GNU/Linux\"\nVERSION_ID=12\n# comment\n\nID=debian\n");
        assertThat(proc().osRelease())
                .containsOnly(entry("NAME", "Debian GNU/Linux"), entry("VERSION_ID", "12"), entry("ID", "debian"));
    }

    @Test
    void the_process_card_has_its_three_fields_in_their_types() throws IOException {
        file("proc/self/cmdline", "/usr/bin/java\0-jar\0a.jar\0");
        Files.createSymbolicLink(root.resolve("proc/self/exe"), Path.of("/usr/lib/jvm/bin/java"));

        assertThat(part("process"))
                .containsOnly(
                        entry("exe", "/usr/lib/jvm/bin/java"),
                        entry("pid", ProcessHandle.current().pid()),
                        entry("cmdline", List.of("/usr/bin/java", "-jar", "a.jar")));
    }

    @Test
    void P7_the_command_line_loses_its_secrets() throws IOException {
        file("proc/self/cmdline", "java\0-Dpassword=hunter2\0--token\0hunter2\0https://u:hunter2@h/\0");
        Files.createSymbolicLink(root.resolve("proc/self/exe"), Path.of("/usr/lib/jvm/bin/java"));

        assertThat(String.valueOf(part("process").get("cmdline")))
                .doesNotContain("hunter2")
                .contains("--token");
    }

    @Test
    void the_system_card_has_cpu_and_memory_in_bytes() throws IOException {
        file("proc/meminfo", "MemTotal: 2 kB\nSwapTotal: 1 kB\n");
        file("proc/cpuinfo", "physical id : 0\ncore id : 0\n");

        assertThat(part("memory")).containsOnly(entry("virt", 2048L), entry("swap", 1024L));
        assertThat(part("cpu"))
                .containsOnly(
                        entry("physical", 1),
                        entry("virtual", Runtime.getRuntime().availableProcessors()));
    }

    @Test
    void without_any_files_every_part_still_has_its_shape() {
        assertThat(part("cpu").get("virtual")).isInstanceOf(Integer.class);
        assertThat(part("memory").get("virt")).isInstanceOf(Long.class);
        assertThat(part("process")).containsOnlyKeys("exe", "pid", "cmdline");
        assertThat(part("process").get("cmdline")).isInstanceOf(List.class);
        assertThat(Json.object(part("os_info").get("os")))
                .containsOnlyKeys("name", "version", "pretty_name", "id")
                .doesNotContainValue(null);
        assertThat(part("os_info")).containsEntry("hostname", HostName.of(ThisJvm.ENVIRONMENT));
        assertThat(part("jvm"))
                .containsEntry("java", System.getProperty("java.version"))
                .doesNotContainValue(null);
    }

    @Test
    void a_description_is_JSON_all_through() throws Exception {
        assertThat(Json.parseObject(Json.write(description())))
                .containsKeys("process", "cpu", "memory", "os_info", "jvm");
    }

    @Test
    void this_machine_has_a_name_of_one_word() {
        assertThat(HostName.of(ThisJvm.ENVIRONMENT)).isNotBlank().doesNotContainAnyWhitespaces();
    }
}
