package io.plutorun.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--lr=0.1 | {'lr': 0.1}",
                "--lr 0.1 | {'lr': 0.1}",
                "-lr 0.1 | {'lr': 0.1}",
                "-lr=0.1 | {'lr': 0.1}",
                "-Dlr=0.1 | {'lr': 0.1}",
                "lr=0.1 | {'lr': 0.1}",
                "--verbose | {'verbose': true}",
                "--verbose --epochs 5 | {'verbose': true, 'epochs': 5}",
                "--shift -0.5 --min -.5 | {'shift': -0.5, 'min': '-.5'}",
                "--seed=1e-3 --on=true --off false --none null | {'seed': 0.001, 'on': true, 'off': false, 'none': null}",
                "--id 007 --loss NaN --list [1] | {'id': '007', 'loss': 'NaN', 'list': '[1]'}",
                "--optimizer.name=sgd -Doptimizer.lr=1 | {'optimizer': {'name': 'sgd', 'lr': 1}}",
                "--layer 64 --layer 32 | {'layer': [64, 32]}",
                "--model= | {'model': ''}",
                "--url=http://h/?a=b | {'url': 'http://h/?a=b'}",
                "train data.csv 5 | {'args': ['train', 'data.csv', 5]}",
                "http://h/?a=b /tmp/a=b =x --=x 2=3 | {'args': ['http://h/?a=b', '/tmp/a=b', '=x', '--=x', '2=3']}",
                "- -5 | {'args': ['-', -5]}",
                "--lr 1 -- --lr 2 -x | {'lr': 1, 'args': ['--lr', 2, '-x']}",
                "fit --lr 1 out | {'lr': 1, 'args': ['fit', 'out']}",
            })
    void options_are_entries_and_other_words_stand_under_args(String line, String config) throws Exception {
        assertThat(CommandLine.config(List.of(line.split(" ", -1))))
                .isEqualTo(Json.parseObject(config.replace('\'', '"')));
    }

    @Test
    void no_words_give_no_config() {
        assertThat(CommandLine.config(List.of())).isEmpty();
    }

    @Test
    void the_first_hundred_words_without_an_option_are_kept_and_then_their_count() {
        assertThat(CommandLine.config(Collections.nCopies(1000, "x")).get("args"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(101)
                .endsWith("x", "… (cut, 1000 elements)");
    }

    @Test
    void options_beyond_the_five_hundredth_are_among_the_other_words() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 502; i++) {
            words.add("--o" + i + "=1");
        }

        Map<String, @Nullable Object> config = CommandLine.config(words);

        assertThat(config).hasSize(501).containsEntry("args", List.of("--o500=1", "--o501=1"));
    }

    @Test
    void text_is_cut_and_says_so() {
        assertThat(CommandLine.config(List.of("--a", "x".repeat(70_000), "--b", "yz")))
                .isEqualTo(Map.of("a", "x".repeat(65_536) + "… (cut, 70000 characters)", "b", "… (cut, 2 characters)"));
    }

    @Test
    void an_option_whose_place_another_one_has_does_not_nest() {
        assertThat(CommandLine.config(List.of("--lr", "0.1", "--lr.decay", "0.5", "--a.b", "1", "--a", "2")))
                .isEqualTo(Map.of("lr", 0.1, "lr.decay", 0.5, "a", 2L, "a.b", 1L));
    }
}
