package io.plutorun.agent.lines;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsiCodesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss=0.5",
                "\u001b[32mloss=0.5\u001b[0m",
                "\u001b[1;38;5;208mloss\u001b[22m=\u001b[K0.5",
                "\u001b]8;;https://example.com\u0007loss\u001b]8;;\u001b\\=0.5",
                "\u001bMloss=0.5\u001b",
                "loss=0.5\u001b[",
                "loss=0.5\u001b]0;title"
            })
    void a_line_is_left_without_its_colours(String line) {
        assertThat(AnsiCodes.removed(line)).isEqualTo("loss=0.5");
    }

    @Property
    void what_has_no_escape_stays_as_it_is(@ForAll @AlphaChars String line) {
        assertThat(AnsiCodes.removed(line)).isEqualTo(line);
    }

    @Property
    void no_escape_is_left_and_nothing_fails(@ForAll String a, @ForAll String b) {
        assertThat(AnsiCodes.removed(a + "\u001b" + b)).doesNotContain("\u001b");
    }
}
