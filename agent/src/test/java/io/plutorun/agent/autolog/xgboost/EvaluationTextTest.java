package io.plutorun.agent.autolog.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationTextTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(
                        "[7]\ttrain-mlogloss:0.1234\ttest-mlogloss:0.2345",
                        Map.of("train-mlogloss", 0.1234, "test-mlogloss", 0.2345)),
                Arguments.of("\ttrain-own:66.666664", Map.of("train-own", 66.666664)),
                Arguments.of("[0]\tte-st-error@0.7:1e-3", Map.of("te-st-error@0.7", 0.001)),
                Arguments.of("[0]\ta:b-rmse:5", Map.of("a:b-rmse", 5.0)),
                Arguments.of("\ttrain-own:0,500000", Map.of("train-own", 0.5)),
                Arguments.of("[0]\tx-a:nan\tx-b:-nan", Map.of("x-a", Double.NaN, "x-b", Double.NaN)),
                Arguments.of(
                        "[0]\tx-a:inf\tx-b:-inf",
                        Map.of("x-a", Double.POSITIVE_INFINITY, "x-b", Double.NEGATIVE_INFINITY)),
                Arguments.of("[0]\tx-a:many\tx-b:2", Map.of("x-b", 2.0)),
                Arguments.of("[0]", Map.of()),
                Arguments.of("", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void each_value_stands_under_the_name_that_xgboost_prints(String text, Map<String, Double> values) {
        Map<String, Double> read = new LinkedHashMap<>();

        new EvaluationText(name -> name).read(text, read::put);

        assertThat(read).containsExactlyInAnyOrderEntriesOf(values);
    }

    @Test
    void a_name_is_made_once_and_each_round_is_read_by_its_own_names() {
        List<String> made = new ArrayList<>();
        EvaluationText rounds = new EvaluationText(name -> {
            made.add(name);
            return "x/" + name;
        });
        List<String> read = new ArrayList<>();

        for (String text : List.of("[0]\ta:1\tb:2", "[1]\ta:3\tb:4", "[2]\tb:5\tab:6", "[3]\ta:many\tb:7")) {
            rounds.read(text, (name, value) -> read.add(name + "=" + value));
        }

        assertThat(read).containsExactly("x/a=1.0", "x/b=2.0", "x/a=3.0", "x/b=4.0", "x/b=5.0", "x/ab=6.0", "x/b=7.0");
        assertThat(made).containsExactly("a", "b", "b", "ab");
    }
}
