package io.plutorun.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private final Path folder;

    ApiKeyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Given file(String content) throws IOException {
        return new Given()
                .variable(
                        "PLUTO_API_KEY_FILE",
                        Files.writeString(folder.resolve("key"), content).toString());
    }

    private static String refusal(Given given) {
        try {
            throw new AssertionError(ApiKey.find(given.settings()) + " was taken");
        } catch (UnusableSettingsException e) {
            return e.why();
        }
    }

    @Test
    void a_key_is_given_itself() throws UnusableSettingsException {
        ApiKey key =
                ApiKey.find(new Given().variable("PLUTO_API_KEY", " plt_key\n").settings());
        assertThat(key.value()).isEqualTo("plt_key");
        assertThat(key.source()).hasToString("PLUTO_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plt_key", "plt_key\n", "\r\nplt_key\r\n", "  plt_key  ", "\uFEFFplt_key\r\n"})
    void or_in_a_file_with_or_without_a_line_break(String content) throws Exception {
        ApiKey key = ApiKey.find(file(content).settings());
        assertThat(key.value()).isEqualTo("plt_key");
        assertThat(key.source()).hasToString("PLUTO_API_KEY_FILE");
    }

    @Test
    void the_key_itself_goes_before_the_file_and_a_blank_one_does_not() throws Exception {
        Given both = file("of-file");
        assertThat(ApiKey.find(both.variable("PLUTO_API_KEY", "given").settings())
                        .value())
                .isEqualTo("given");
        assertThat(ApiKey.find(both.variable("PLUTO_API_KEY", " ").settings()).value())
                .isEqualTo("of-file");
    }

    @Test
    void no_key_at_all_says_what_to_set() {
        assertThat(refusal(new Given())).contains("no API key", "PLUTO_API_KEY", "PLUTO_API_KEY_FILE");
    }

    @Test
    void a_missing_file_is_named() {
        String path = folder.resolve("absent").toString();
        assertThat(refusal(new Given().file("api.key.file", path)))
                .contains(path, "settings file api.key.file", "NoSuchFile");
    }

    @Test
    void so_is_a_path_that_can_not_be() {
        assertThat(refusal(new Given().variable("PLUTO_API_KEY_FILE", "nul\0l")))
                .contains("PLUTO_API_KEY_FILE");
    }

    @Test
    void an_empty_file_holds_no_key() throws IOException {
        assertThat(refusal(file("\n"))).contains("PLUTO_API_KEY_FILE", "is empty");
    }

    @Test
    void a_file_that_is_no_text_can_not_be_read() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertThat(refusal(new Given().variable("PLUTO_API_KEY_FILE", binary.toString())))
                .contains("can't be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plt key",
                "plt\nkey",
                "plt\tkey",
                "schlüssel",
                "“plt_key”",
                "\"plt_key\"",
                "'plt_key'",
                "plt\u0000key",
                "\uFEFFplt_key"
            })
    void P7_what_no_header_can_carry_is_refused_and_not_repeated(String key) {
        assertThat(refusal(new Given().variable("PLUTO_API_KEY", key)))
                .contains("PLUTO_API_KEY")
                .doesNotContain(key)
                .doesNotContain("plt");
    }

    @Test
    void P7_a_key_does_not_print_itself() throws UnusableSettingsException {
        assertThat(ApiKey.find(new Given().variable("PLUTO_API_KEY", "plt_key").settings()))
                .hasToString("ApiKey[from PLUTO_API_KEY]");
        assertThatExceptionOfType(UnusableSettingsException.class)
                .isThrownBy(() -> ApiKey.find(new Given().settings()))
                .satisfies(e -> assertThat(e.why()).isEqualTo(e.getMessage()));
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    @Test
    void a_key_from_a_pipe_is_read_once_and_is_there_for_everybody_who_asks() throws Exception {
        Path pipe = pipe();
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, "plt_key\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        Settings settings =
                new Given().variable("PLUTO_API_KEY_FILE", pipe.toString()).settings();

        assertThat(ApiKey.find(settings).value()).isEqualTo("plt_key");
        writer.join();
        assertThat(ApiKey.find(settings).value()).isEqualTo("plt_key");
    }

    @Test
    void P3_a_file_that_is_too_large_for_any_key_is_not_read_whole() throws IOException {
        assertThat(refusal(file("k".repeat(1 << 21)))).contains("can't be read", "it has more than 1 MiB");
    }

    @Test
    void P3_a_regular_file_may_take_longer_than_a_start_that_waits_for_nothing() throws Exception {
        Settings settings =
                file("plt_key").variable("PLUTO_START_TIMEOUT", "0s").settings();

        assertThat(ApiKey.find(settings).value()).isEqualTo("plt_key");
    }

    @Test
    void P3_a_pipe_that_nobody_writes_to_is_waited_for_no_longer_than_a_start_may_take() throws Exception {
        String why = refusal(
                new Given().variable("PLUTO_API_KEY_FILE", pipe().toString()).variable("PLUTO_START_TIMEOUT", "50ms"));

        assertThat(why)
                .contains("pipe (PLUTO_API_KEY_FILE) can't be read")
                .contains("nothing came out of it within 50ms");
    }
}
