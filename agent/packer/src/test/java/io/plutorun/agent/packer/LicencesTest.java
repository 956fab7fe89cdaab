package io.plutorun.agent.packer;

import static io.plutorun.agent.packer.ClassFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicencesTest {

    private final Path folder;
    private final Path first;
    private final Path second;

    LicencesTest(@TempDir Path folder) {
        this.folder = folder;
        this.first = folder.resolve("first-lib-1.2.3.jar");
        this.second = folder.resolve("second-jvm-2.0-rc1.jar");
    }

    @BeforeEach
    void two_libraries() throws IOException {
        ClassFiles.jar(
                first,
                false,
                Map.of(
                        "META-INF/LICENSE", bytes("Apache"),
                        "META-INF/NOTICE.txt", bytes("by first"),
                        "META-INF/licenses/ASM", bytes("BSD"),
                        "META-INF/Other-LICENSE", bytes("MIT"),
                        "META-INF/maven/LICENSE", bytes("no"),
                        "META-INF/first.kotlin_module", bytes("no"),
                        "first/LICENSE.class", ClassFiles.calling("first/LICENSE")));
        ClassFiles.jar(second, false, Map.of("META-INF/LICENSE", bytes("of the second")));
    }

    @Test
    void each_library_keeps_its_own_texts() throws IOException {
        Map<String, byte[]> texts = Licences.of(List.of(first, second));

        assertThat(texts)
                .containsOnlyKeys(
                        "META-INF/licenses/first-lib/LICENSE",
                        "META-INF/licenses/first-lib/NOTICE.txt",
                        "META-INF/licenses/first-lib/ASM",
                        "META-INF/licenses/first-lib/Other-LICENSE",
                        "META-INF/licenses/second-jvm/LICENSE")
                .containsEntry("META-INF/licenses/second-jvm/LICENSE", bytes("of the second"));
    }

    @Test
    void the_list_has_one_order_and_nothing_but_libraries() throws IOException {
        Path report = Files.writeString(
                folder.resolve("report.txt"),
                "\nLists of 2 third-party dependencies.\n     (MIT) Second (g:second-jvm:2.0-rc1 - u)\n     (Apache-2.0) First (g:first-lib:1.2.3 - u)\n");

        assertThat(new String(Licences.list(report, List.of(first, second)), StandardCharsets.UTF_8))
                .isEqualTo("(Apache-2.0) First (g:first-lib:1.2.3 - u)\n(MIT) Second (g:second-jvm:2.0-rc1 - u)\n");
    }

    @Test
    void a_library_that_the_report_does_not_name_fails_the_build() throws IOException {
        Path report =
                Files.writeString(folder.resolve("report.txt"), "     (Apache-2.0) First (g:first-lib:1.2.3 - u)\n");

        assertThatIllegalStateException()
                .isThrownBy(() -> Licences.list(report, List.of(first, second)))
                .withMessageContaining("second-jvm");
    }
}
