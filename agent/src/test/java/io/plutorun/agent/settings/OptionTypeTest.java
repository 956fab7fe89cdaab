package io.plutorun.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTypeTest {

    private static void assertRefused(OptionType<?> type, String text, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.parser().parse(text))
                .withMessageContaining(expected);
    }

    @Test
    void a_text_is_taken_without_the_blanks_around_and_a_regular_expression_as_it_is() {
        assertThat(OptionType.TEXT.parser().parse(" a b \r\n")).isEqualTo("a b");
        assertThat(OptionType.EXPRESSION.parser().parse(" a ")).isEqualTo(" a ");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "TRUE, true",
        "' yes ', true",
        "on, true",
        "1, true",
        "false, false",
        "No, false",
        "off, false",
        "0, false"
    })
    void a_flag(String text, boolean value) {
        assertThat(OptionType.FLAG.parser().parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "2", "truefalse", "t"})
    void no_flag(String text) {
        assertRefused(OptionType.FLAG, text, "true or false");
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "10s, PT10S",
        "10, PT10S",
        "2m, PT2M",
        "1h, PT1H",
        "1.5s, PT1.5S",
        "' 10 S ', PT10S",
        "0, PT0S",
        ".5s, PT0.5S",
        "0.000000001s, PT0.000000001S"
    })
    void a_duration(String text, Duration value) {
        assertThat(OptionType.DURATION.parser().parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "soon, such as",
        "s, such as",
        "10 seconds, such as",
        "10d, such as",
        "1_000ms, such as",
        "10s5ms, such as",
        "-1s, negative",
        "300000000h, 292 years",
        "1e999999999s, 292 years",
        "1e-999999999s, nanoseconds",
        "0.1e-9s, nanoseconds"
    })
    void no_duration(String text, String expected) {
        assertRefused(OptionType.DURATION, text, expected);
    }

    @Test
    void a_duration_within_limits() {
        OptionType<Duration> type = OptionType.duration(Duration.ofMillis(500), Duration.ofMinutes(1));
        assertThat(type.parser().parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(type.parser().parse("1m")).isEqualTo(Duration.ofMinutes(1));
        assertRefused(type, "499ms", "from 500ms to 60s");
        assertRefused(type, "61s", "from 500ms to 60s");
        assertThat(type.description()).isEqualTo("duration from 500ms to 60s");
    }

    @Test
    void a_number_within_limits() {
        OptionType<Integer> type = OptionType.integer(1, 100);
        assertThat(type.parser().parse(" 1 ")).isEqualTo(1);
        assertThat(type.parser().parse("100")).isEqualTo(100);
        assertRefused(type, "0", "from 1 to 100");
        assertRefused(type, "101", "from 1 to 100");
        assertRefused(type, "1.5", "number");
        assertRefused(type, "99999999999", "number");
        assertRefused(type, "many", "number");
    }

    @ParameterizedTest
    @CsvSource({
        "https://pluto.example.com,            https://pluto.example.com",
        "https://pluto.example.com/,           https://pluto.example.com",
        "https://pluto.example.com///,         https://pluto.example.com",
        "' http://10.0.0.1:3001 ',             http://10.0.0.1:3001",
        "HTTP://host,                          HTTP://host",
        "http://[::1]:3001/,                   http://[::1]:3001",
        "https://example.com/pluto/api/,       https://example.com/pluto/api"
    })
    void a_url(String text, URI value) {
        assertThat(OptionType.URL.parser().parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pluto.example.com",
                "host:3001",
                "ftp://host",
                "http://",
                "https:///path",
                "http://host?x=1",
                "http://host#top",
                "http://user:secret@host",
                "http://ho st",
                "/"
            })
    void no_url(String text) {
        assertRefused(OptionType.URL, text, "a URL such as");
    }

    @Test
    void a_list() {
        assertThat(OptionType.LIST.parser().parse("a, b ,,c d,")).isEqualTo(List.of("a", "b", "c d"));
        assertThat(OptionType.LIST.parser().parse(",")).isEmpty();
    }

    @Test
    void a_json_object() {
        assertThat(OptionType.JSON_OBJECT.parser().parse("{\"lr\": 0.1}")).isEqualTo(Map.of("lr", 0.1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "lr=0.1", "{", "null"})
    void no_json_object(String text) {
        assertRefused(OptionType.JSON_OBJECT, text, "a JSON object such as {\"lr\": 0.1}");
    }

    @Test
    void a_choice() {
        OptionType<Options.OnError> type = OptionType.choice(Options.OnError.class);
        assertThat(type.parser().parse("fail")).isEqualTo(Options.OnError.FAIL);
        assertThat(type.parser().parse(" Continue ")).isEqualTo(Options.OnError.CONTINUE);
        assertRefused(type, "ignore", "one of continue, fail is expected");
        assertThat(type.description()).isEqualTo("`continue`, `fail`");
    }

    @ParameterizedTest
    @CsvSource({
        "debug, DEBUG",
        "INFO, INFO",
        "' warning ', WARNING",
        "CRITICAL, CRITICAL",
        "0, DEBUG",
        "10, DEBUG",
        "11, INFO",
        "20, INFO",
        "30, WARNING",
        "35, ERROR",
        "50, CRITICAL",
        "99, CRITICAL",
        "-5, DEBUG"
    })
    void a_log_level_by_name_or_by_pythons_number(String text, LogLevel level) {
        assertThat(LogLevel.parse(text)).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loud", "1.5", "99999999999"})
    void no_log_level(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogLevel.parse(text))
                .withMessageContaining("DEBUG, INFO, WARNING, ERROR, CRITICAL");
    }
}
