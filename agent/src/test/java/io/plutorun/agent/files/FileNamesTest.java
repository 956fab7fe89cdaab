package io.plutorun.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

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
}
