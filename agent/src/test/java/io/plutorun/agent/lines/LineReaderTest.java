package io.plutorun.agent.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.capture.CapturedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    private final CollectedValues values = new CollectedValues();
    private final List<String> warnings = new ArrayList<>();

    private LineReader reader(String pattern, String... groups) {
        Map<String, String> valueGroups = groups.length == 0 ? Map.of("loss", "1") : Map.of(groups[0], groups[1]);
        return new LineReader(
                new LinePattern(Pattern.compile(pattern), null, valueGroups), text -> values.taker(), warnings::add);
    }

    private static CapturedText printed(String line) {
        return CapturedText.printed(null, line, null);
    }

    private static CapturedText logged(String message) {
        return CapturedText.logged(null, message, null);
    }

    @Test
    void a_line_that_is_printed_twice_counts_twice() {
        LineReader reader = reader("loss=(\\S+)");
        reader.read(printed("loss=1"));
        reader.read(printed("loss=1"));
        assertThat(values.all()).containsExactly("loss=1.0", "loss=1.0");
    }

    @Test
    void a_record_and_what_its_logging_prints_count_once() {
        LineReader reader = reader("loss=(\\S+)");
        CapturedText record = logged("loss=1");
        reader.read(record);
        reader.read(CapturedText.printed(null, "12:00 INFO loss=1", record));
        reader.read(CapturedText.logged(null, "loss=1", record));
        reader.read(CapturedText.printed(null, "12:00 INFO loss=1", record));
        assertThat(values.all()).containsExactly("loss=1.0");
    }

    @Test
    void an_expression_for_what_a_layout_prints_counts_once_too() {
        LineReader reader = reader("INFO .*loss=(\\S+)");
        CapturedText record = logged("loss=1");
        reader.read(record);
        reader.read(CapturedText.printed(null, "12:00 INFO loss=1", record));
        reader.read(CapturedText.printed(null, "INFO 12:00 loss=1", record));
        assertThat(values.all()).containsExactly("loss=1.0");
    }

    @Test
    void a_record_that_another_thread_prints_later_counts_once() {
        LineReader reader = reader("loss=(\\S+)");
        reader.read(logged("epoch 1 loss=1"));
        reader.read(logged("epoch 2 loss=1"));
        reader.read(printed("12:00 INFO epoch 1 loss=1"));
        reader.read(printed("12:00 INFO epoch 2 loss=1"));
        reader.read(printed("12:00 INFO epoch 3 loss=1"));
        assertThat(values.all()).containsExactly("loss=1.0", "loss=1.0", "loss=1.0");
    }

    @Test
    void each_line_of_a_message_counts() {
        reader("loss=(\\S+)$").read(logged("loss=1\nloss=2\n\nloss=3"));
        assertThat(values.all()).containsExactly("loss=1.0", "loss=2.0", "loss=3.0");
    }

    @Test
    void what_is_beyond_64_kib_of_a_line_is_not_looked_at() {
        LineReader reader = reader("loss=(\\S+)");
        reader.read(logged(" ".repeat(LineReader.MAX_LINE - 6) + "loss=1234"));
        reader.read(logged(" ".repeat(LineReader.MAX_LINE) + "loss=1234"));
        assertThat(values.all()).containsExactly("loss=1.0");
    }

    /** Java has no trouble with {@code (a+)+b} on a short line. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a+)+\\1b", "(?:a|aa)+\\W(x)\\1", "(a|b|ab)*c\\1"})
    void an_expression_that_is_too_slow_is_given_up_at_its_third_line(String pattern) {
        LineReader reader = reader(pattern);
        String line = "a".repeat(60_000);
        for (int i = 1; i <= 3; i++) {
            assertThat(warnings).isEmpty();
            reader.read(printed(line));
        }
        assertThat(warnings).singleElement().asString().contains("\"" + pattern + "\" is not looked for any more");
        reader.read(printed(line + "b x"));
        assertThat(values.all()).isEmpty();
        assertThat(reader.problem()).as("told already").isNull();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void what_has_matched_nothing_is_told_with_the_nearest_line() {
        LineReader reader = reader("Epoch (\\d+): loss (\\S+)");
        reader.read(printed("starting"));
        reader.read(printed("epoch 1, loss 0.5"));
        reader.read(printed("Epoch 1, loss 0.5"));
        reader.read(printed("the loss is computed"));
        assertThat(reader.problem())
                .isEqualTo(
                        "\"Epoch (\\d+): loss (\\S+)\" has matched no line; the nearest line was \"Epoch 1, loss 0.5\"");
        assertThat(reader("x(y)").problem()).isEqualTo("\"x(y)\" has matched no line; no line was printed or logged");
    }

    @Test
    void what_has_matched_and_is_no_number_is_told() {
        LineReader reader = reader("loss=(\\S+)");
        reader.read(printed("loss=high"));
        reader.read(printed("loss=1"));
        assertThat(values.all()).containsExactly("loss=1.0");
        assertThat(reader.problem()).contains("of loss, \"high\" is no number");
    }

    @Test
    void what_has_matched_and_is_a_number_needs_no_word() {
        LineReader reader = reader("loss=(\\S+)");
        reader.read(printed("\u001b[1mloss=1\u001b[0m"));
        assertThat(values.all()).containsExactly("loss=1.0");
        assertThat(reader.problem()).isNull();
    }
}
