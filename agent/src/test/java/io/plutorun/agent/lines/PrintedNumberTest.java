package io.plutorun.agent.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0.31 | 0.31",
                "-1e-4 | -1.0E-4",
                ".5 | 0.5",
                "+7 | 7.0",
                "nan | NaN",
                "-NaN | NaN",
                "inf | Infinity",
                "-Infinity | -Infinity",
                "87.5% | 87.5",
                "1,234.5 | 1234.5",
                "-12,345,678 | -1.2345678E7",
                "\u22120.5 | -0.5",
                "0.31, | 0.31",
                "(0.31); | 0.31",
                "0.31. | 0.31",
                "5. | 5.0",
                "\"3\" | 3.0",
                "[1e3] | 1000.0"
            })
    void a_number_is_read_as_programs_print_it(String text, double value) {
        assertThat(PrintedNumber.value(text)).isEqualTo(OptionalDouble.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1,234", "0,31", "1,23,456.0", "12 34", "1.234,5", ",5", "%", "--1"})
    void what_is_no_number_or_may_mean_two_is_none(String text) {
        assertThat(PrintedNumber.value(text)).isEmpty();
    }

    @Property
    void what_java_prints_is_read_as_it_was(@ForAll double value) {
        assertThat(PrintedNumber.value(Double.toString(value))).isEqualTo(OptionalDouble.of(value));
    }

    @Property
    void thousands_with_commas_are_read_as_they_were(@ForAll int value) {
        assertThat(PrintedNumber.value(String.format(Locale.ROOT, "%,d.0", value)))
                .isEqualTo(OptionalDouble.of(value));
    }

    @Property
    void no_text_makes_it_fail(@ForAll String text) {
        assertThat(PrintedNumber.value(text)).isNotNull();
        assertThat(PrintedNumber.step(text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"12 | 12", "12.0 | 12", "1,000,000 | 1000000", "[7] | 7"})
    void a_step_is_a_whole_number(String text, long step) {
        assertThat(PrintedNumber.step(text)).isEqualTo(OptionalLong.of(step));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "nan", "inf", "x"})
    void what_is_no_whole_number_is_no_step(String text) {
        assertThat(PrintedNumber.step(text)).isEmpty();
    }
}
