package io.plutorun.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileNamesTest {

    @Test
    void a_log_name_is_no_other_place_in_the_storage() {
        assertThat(FileNames.logName("reports/a b.html")).isEqualTo("reports/a b.html");
        assertThat(FileNames.logName("../../etc//./x")).isEqualTo("etc/x");
        assertThat(FileNames.logName("C:\\out\\model")).isEqualTo("C:/out/model");
        assertThat(FileNames.logName("/")).isEqualTo("file");
        assertThat(FileNames.logName("a\nb\0c")).isEqualTo("a-b-c");
        assertThat(FileNames.logName("ü".repeat(500))).hasSize(200);
        assertThat(FileNames.logName("/deep".repeat(50) + "/run-7/model.bin"))
                .hasSizeBetween(190, 200)
                .endsWith("/run-7/model.bin");
    }

    @Test
    void a_file_name_has_plain_characters_and_keeps_its_extension() {
        assertThat(FileNames.fileName("model v2 (ü).bin")).isEqualTo("model-v2----.bin");
        assertThat(FileNames.fileName("..")).isEqualTo("file");
        assertThat(FileNames.fileName("m".repeat(500) + ".bin")).hasSize(200).endsWith("m.bin");
    }

    @Test
    void other_bytes_of_the_same_name_get_the_beginning_of_their_digest() {
        assertThat(FileNames.with("model.bin", "0123456789abcdef")).isEqualTo("model-01234567.bin");
        assertThat(FileNames.with("LICENSE", "0123456789abcdef")).isEqualTo("LICENSE-01234567");
    }

    @Test
    void the_page_shows_a_file_by_its_extension() {
        assertThat(FileNames.logType(FileNames.extension("a.PNG"))).isEqualTo("IMAGE");
        assertThat(FileNames.logType(FileNames.extension("threads.txt"))).isEqualTo("TEXT");
        assertThat(FileNames.logType(FileNames.extension("a.html"))).isEqualTo("FILE");
        assertThat(FileNames.contentType(FileNames.extension("a.html"))).isEqualTo("text/html");
        assertThat(FileNames.contentType(FileNames.extension("model"))).isEqualTo("application/octet-stream");
    }

    @Test
    void both_names_of_a_file_stay_as_the_user_gave_them_but_for_a_token() {
        String token = "hf_" + "abcdefghijklmnopqrst0123456789ABCD";

        assertThat(FileNames.logName("keys/token=abc")).isEqualTo("keys/token=abc");
        assertThat(FileNames.logName("model " + token)).isEqualTo("model [redacted]");
        assertThat(FileNames.fileName(token + ".bin")).isEqualTo("-redacted-.bin");
        assertThat(recorded("password=report-2026", "report-2026.txt"))
                .isEqualTo(List.of("password=report-2026", "report-2026.txt"));
        assertThat(recorded(token, token + ".txt")).isEqualTo(List.of("[redacted]", "[redacted].txt"));
    }

    private static List<String> recorded(String logName, String fileName) {
        RunRecord.File file = new RunRecord.File(logName, fileName, "/x", 1, Instant.EPOCH, null)
                .redactedBy(new Redactor(Map.of("DB_PASSWORD", "report-2026")));
        return List.of(file.logName(), file.fileName());
    }
}
