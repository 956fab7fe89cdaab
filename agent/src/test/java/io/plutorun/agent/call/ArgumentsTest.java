package io.plutorun.agent.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.run.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void those_that_ask_for_it_are_captured_or_all() {
        TrackedMethod method = new Sample()
                .parameter("lr", "learningRate", true)
                .parameter("epochs", "epochs", false)
                .method();
        Arguments arguments = new Arguments(method, new Object[] {0.1, 5}, UnusedInstrumentation.trees());

        assertThat(arguments.captured(false)).containsExactly(new Arguments.Captured("lr", true, 0.1));
        assertThat(arguments.captured(true))
                .containsExactly(new Arguments.Captured("lr", true, 0.1), new Arguments.Captured("epochs", false, 5));
        assertThat(arguments.text("lr")).contains("0.1");
        assertThat(arguments.text("learningRate")).contains("0.1");
        assertThat(arguments.text("1")).contains("5");
        assertThat(arguments.text("2")).isEmpty();
    }

    @Test
    void fewer_values_than_parameters_are_no_trouble() {
        TrackedMethod method = new Sample()
                .parameter("a", null, true)
                .parameter("b", null, true)
                .method();

        assertThat(new Arguments(method, new Object[] {1}, UnusedInstrumentation.trees()).captured(true))
                .hasSize(1);
        assertThat(new Arguments(method, new Object[0], UnusedInstrumentation.trees()).text("a"))
                .isEmpty();
    }

    @Test
    void a_placeholder_takes_scalars_and_lists_of_them_and_of_all_else_the_name_of_its_class() {
        TrackedMethod method = new Sample()
                .parameter("a", null, true)
                .parameter("b", null, true)
                .parameter("c", null, true)
                .method();
        Arguments arguments = new Arguments(
                method,
                new Object[] {List.of(1, "x"), Map.of("password", "x"), new int[1][1]},
                UnusedInstrumentation.trees());

        assertThat(arguments.text("a")).contains("[1, x]");
        assertThat(arguments.text("b")).contains("java.util.ImmutableCollections$Map1");
        assertThat(arguments.text("c")).contains("int[][]");
    }

    @Test
    void the_words_of_a_command_line_are_those_of_a_main_method_whose_argument_is_captured() {
        Object[] words = {new String[] {"--lr", "0.1"}};
        assertThat(main(true, words).commandLine(false)).containsExactly("--lr", "0.1");
        assertThat(main(false, words).commandLine(true)).containsExactly("--lr", "0.1");
        assertThat(main(false, words).commandLine(false)).isEmpty();
        assertThat(main(true, new Object[] {new String[10_001]}).commandLine(true))
                .isEmpty();
        assertThat(main(true, new Object[] {List.of("--lr")}).commandLine(true)).isEmpty();
        TrackedMethod train = new Sample().parameter("args", "args", true).method();
        assertThat(new Arguments(train, words, UnusedInstrumentation.trees()).commandLine(true))
                .isEmpty();
    }

    private static Arguments main(boolean captured, Object[] values) {
        TrackedMethod train = new Sample().parameter("args", "args", captured).method();
        TrackedMethod main = new TrackedMethod(
                train.className(), "main", train.attributes(), train.parameters(), train.returnsStage());
        return new Arguments(main, values, UnusedInstrumentation.trees());
    }
}
