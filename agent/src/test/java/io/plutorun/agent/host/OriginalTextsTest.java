package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalTextsTest {

    private final Path folder;

    OriginalTextsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void variables_are_read_again_where_one_lost_characters() throws IOException {
        OriginalTexts texts = new OriginalTexts(
                file("environ", "PLUTO_PROJECT=digité=1\0HOME=/another\0no value\0"), folder.resolve("none"));

        assertThat(texts.variables(Map.of("PLUTO_PROJECT", "digit\uFFFD\uFFFD=1", "OTHER", "x"), true))
                .isEqualTo(Map.of("PLUTO_PROJECT", "digité=1", "HOME", "/another", "OTHER", "x"));
    }

    @Test
    void variables_that_were_decoded_by_another_character_set_than_the_locale_s_are_read_again() throws IOException {
        OriginalTexts texts = new OriginalTexts(file("environ", "PLUTO_PROJECT=digité\0"), folder);

        assertThat(texts.variables(Map.of("PLUTO_PROJECT", "digitÃ©"), false)).containsEntry("PLUTO_PROJECT", "digité");
        assertThat(OriginalTexts.isDefaultOfLocale("UTF-16")).isFalse();
        assertThat(OriginalTexts.isDefaultOfLocale(Charset.defaultCharset().name()))
                .isTrue();
        assertThat(OriginalTexts.isDefaultOfLocale("no such set")).isFalse();
    }

    @Test
    void where_nothing_was_lost_nothing_is_read() {
        Map<String, String> variables = Map.of("PLUTO_PROJECT", "digité");

        assertThat(new OriginalTexts(folder, folder).variables(variables, true)).isSameAs(variables);
    }

    @Test
    void what_is_no_utf_8_or_can_t_be_read_again_stays_as_the_jvm_has_it() throws IOException {
        Map<String, String> variables = Map.of("A", "digit\uFFFD");
        byte[] latin1 = "A=digité\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new OriginalTexts(file("environ", latin1), folder).variables(variables, true))
                .isEqualTo(variables);
        assertThat(new OriginalTexts(folder.resolve("none"), folder).variables(variables, true))
                .isEqualTo(variables);
    }

    @Test
    void a_property_that_lost_characters_is_read_again_from_the_command_line_where_the_last_one_counts()
            throws IOException {
        OriginalTexts texts = new OriginalTexts(
                folder, file("cmdline", "java\0-Dpluto.project=one\0-Dpluto.project=zwölf\0Main\0pluto.name=x\0"));

        assertThat(texts.property("pluto.project", "zw\uFFFD\uFFFDlf")).isEqualTo("zwölf");
        assertThat(texts.property("pluto.project", "set by the program")).isEqualTo("set by the program");
        assertThat(texts.property("pluto.name", "\uFFFD")).isEqualTo("\uFFFD");
        assertThat(texts.property("pluto.name", null)).isNull();
    }
}
