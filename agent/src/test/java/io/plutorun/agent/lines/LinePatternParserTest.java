package io.plutorun.agent.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinePatternParserTest {

    private final List<String> mistakes = new ArrayList<>();

    private List<LinePattern> parse(String option) {
        return new LinePatternParser(mistakes::add).parse(option);
    }

    private List<String> read(String option, String line) {
        CollectedValues values = new CollectedValues();
        for (LinePattern pattern : parse(option)) {
            pattern.log(pattern.find(line), values.taker());
        }
        return values.all();
    }

    @Test
    void of_an_expression_each_named_group_is_a_value_and_step_is_the_step() {
        assertThat(read(
                        "epoch (?<step>\\d+) loss=(?<loss>\\S+)(?: acc=(?<acc>\\S+))?",
                        "INFO epoch 3 loss=0.5 acc=87%"))
                .containsExactly("loss@3=0.5", "acc@3=87.0");
        assertThat(mistakes).isEmpty();
    }

    @Test
    void a_group_that_took_no_part_gives_no_value() {
        assertThat(read("loss=(?<loss>\\S+)(?: acc=(?<acc>\\S+))?", "loss=0.5")).containsExactly("loss=0.5");
    }

    @Test
    void in_an_array_groups_are_numbers_or_names_and_values_have_names_with_slashes() {
        assertThat(read("""
                        [{"line": "epoch (\\\\d+) loss=(\\\\S+)", "step": 1, "values": {"train/loss": 2}},
                         {"line": "epoch (?<n>\\\\d+) .*acc=(?<a>\\\\S+)", "step": "n", "values": {"val/acc": "a"}},
                         {"line": "epoch (?<step>\\\\d+) .*lr=(?<lr>\\\\S+)"}]
                        """, "epoch 3 loss=0.5 acc=0.9 lr=1e-3"))
                .containsExactly("train/loss@3=0.5", "val/acc@3=0.9", "lr@3=0.001");
        assertThat(mistakes).isEmpty();
    }

    @Test
    void what_looks_like_a_group_and_is_quoted_is_none() {
        assertThat(read("\\Q(?<no>\\E (?<yes>\\d+)", "(?<no> 7")).containsExactly("yes=7.0");
    }

    @Test
    void an_expression_may_begin_with_a_class_of_characters() {
        assertThat(read("[Ll]oss=(?<loss>\\S+)", "Loss=2")).containsExactly("loss=2.0");
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "loss=( | is no regular expression",
                "loss=(\\S+) | gives no value",
                "(?<step>\\d+) | gives no value",
                "[{\"line\": \"x\" | this is no JSON array",
                "[{}] | needs \"line\"",
                "[{\"line\": \"(x)\", \"values\": {\"a\": 2}}] | has no group 2",
                "[{\"line\": \"(x)\", \"values\": {\"a\": \"b\"}}] | has no group b",
                "[{\"line\": \"(x)\", \"step\": -1, \"values\": {\"a\": 1}}] | has no group -1",
                "[{\"line\": \"(x)\", \"value\": {\"a\": 1}}] | \"value\" beside \"(x)\" means nothing"
            })
    void a_mistake_is_told_and_left_out(String option, String told) {
        assertThat(parse(option)).isEmpty();
        assertThat(mistakes).singleElement().asString().contains(told);
    }

    @Test
    void beside_a_mistake_the_others_are_read() {
        assertThat(parse("[{\"line\": \"(\"}, {\"line\": \"(?<a>x)\"}]")).hasSize(1);
        assertThat(mistakes).hasSize(1);
    }
}
