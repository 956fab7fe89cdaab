package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodPatternTest {

    private static MethodPattern parse(String text) {
        try {
            return MethodPattern.parse(text, 0, text.length());
        } catch (MethodPattern.SyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_class_and_a_method_are_enough_and_name_every_overload() {
        MethodPattern pattern = parse("com.acme.Trainer#train");
        assertThat(pattern.matchesClass("com/acme/Trainer")).isTrue();
        assertThat(pattern.matchesClass("com/acme/Trainer$Inner")).isFalse();
        assertThat(pattern.test("train", "()V")).isTrue();
        assertThat(pattern.test("train", "(IJ[Ljava/lang/String;)I")).isTrue();
        assertThat(pattern.test("trainAll", "()V")).isFalse();
    }

    @Test
    void one_asterisk_stays_within_a_package_and_two_cross_them() {
        assertThat(parse("com.acme.*#run").matchesClass("com/acme/Trainer")).isTrue();
        assertThat(parse("com.acme.*#run").matchesClass("com/acme/deep/Trainer"))
                .isFalse();
        assertThat(parse("com.acme.**#run").matchesClass("com/acme/deep/Trainer"))
                .isTrue();
        assertThat(parse("**.Trainer#run").matchesClass("com/acme/deep/Trainer"))
                .isTrue();
        assertThat(parse("**.Trainer#run").matchesClass("com/acme/MyTrainer")).isFalse();
    }

    @Test
    void an_asterisk_in_the_method_name_matches_a_part_of_it() {
        MethodPattern pattern = parse("T#fit*");
        assertThat(pattern.test("fit", "()V")).isTrue();
        assertThat(pattern.test("fitAll", "()V")).isTrue();
        assertThat(pattern.test("refit", "()V")).isFalse();
    }

    @Test
    void nested_classes_are_named_with_a_dollar_sign_or_as_in_source_code() {
        assertThat(parse("com.acme.Outer$Inner#run").matchesClass("com/acme/Outer$Inner"))
                .isTrue();
        assertThat(parse("com.acme.Outer$*#run").matchesClass("com/acme/Outer$Inner$Deep"))
                .isTrue();
        assertThat(parse("com.acme.Outer.Inner#run").matchesClass("com/acme/Outer$Inner"))
                .isTrue();
        assertThat(parse("com.acme.Outer.Inner.Deep#run").matchesClass("com/acme/Outer$Inner$Deep"))
                .isTrue();
        assertThat(parse("Outer.Inner#run").matchesClass("Outer$Inner")).isTrue();
        assertThat(parse("com.acme.Outer.*#run").matchesClass("com/acme/Outer$Inner"))
                .isTrue();
        assertThat(parse("com.Acme.Trainer#run").matchesClass("com/Acme/Trainer"))
                .as("a package may begin with a capital letter")
                .isTrue();
        assertThat(parse("com.acme.Outer.Inner#run").matchesClass("com/acme/Outer"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "()                                | ()",
                "( )                               | ()",
                "(int)                             | (I)",
                "(boolean,byte,char,short,int)     | (ZBCSI)",
                "(long,float,double)               | (JFD)",
                "(java.lang.Object)                | (Ljava/lang/Object;)",
                "(String)                          | (Ljava/lang/String;)",
                "(java.lang.String[])              | ([Ljava/lang/String;)",
                "(int[][])                         | ([[I)",
                "(int [] [])                       | ([[I)",
                "(String...)                       | ([Ljava/lang/String;)",
                "(int[]...)                        | ([[I)",
                "(java.util.Map$Entry, int)        | (Ljava/util/Map$Entry;I)",
                "(Local)                           | (LLocal;)",
            })
    void parameter_types_choose_the_overload(String types, String descriptor) {
        MethodPattern pattern = parse("T#run" + types);
        assertThat(pattern.test("run", descriptor + "V")).isTrue();
        assertThat(pattern.test("run", "(Lother/Type;)V")).isFalse();
        assertThat(pattern.test("run", descriptor.replace(")", "I)") + "V")).isFalse();
        assertThat(pattern.test("walk", descriptor + "V")).isFalse();
    }

    @Test
    void its_text_is_what_the_user_wrote_without_the_blanks_around() {
        assertThat(parse("  com.acme.T#run( int )\t")).hasToString("com.acme.T#run( int )");
    }

    @Test
    void a_kotlin_name_with_a_hyphen_is_a_name() {
        assertThat(parse("T#train-IoAF18A").test("train-IoAF18A", "()V")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // text              | position | what
                "com.acme.Trainer    | 17       | '#' is missing",
                "#train              | 1        | the class name is missing",
                "T#                  | 3        | the method name is missing",
                "T#(int)             | 3        | the method name is missing",
                ".T#run              | 1        | a name is missing beside the dot",
                "com.#run            | 4        | a name is missing beside the dot",
                "com..T#run          | 5        | a name is missing beside the dot",
                "com acme.T#run      | 4        | ' ' can't stand in the class name",
                "com/acme/T#run      | 4        | '/' can't stand in the class name",
                "T(int)#run          | 2        | '(' can't stand in the class name",
                "T#a.b               | 4        | '.' can't stand in the method name",
                "T#a#b               | 4        | '#' can't stand in the method name",
                "T#<init>            | 3        | '<' can't stand in the method name",
                "T#run(int           | 10       | ')' is missing",
                "T#run(int) x        | 13       | ')' is missing",
                "T#run(int,,int)     | 11       | a parameter type is missing",
                "T#run(int,)         | 11       | a parameter type is missing",
                "T#run([])           | 7        | a parameter type is missing",
                "T#run(List<String>) | 7        | \"List<String>\" is no type name",
                "T#run(int, x-y)     | 12       | \"x-y\" is no type name",
                "T#run(*)            | 7        | \"*\" is no type name",
                "T#run(a..B)         | 7        | \"a..B\" is no type name",
                "T#run(.)            | 7        | \".\" is no type name",
                "T#run(void)         | 7        | \"void\" is no type name",
            })
    void a_mistake_is_told_with_its_position(String text, int position, String what) {
        assertThatExceptionOfType(MethodPattern.SyntaxException.class)
                .isThrownBy(() -> MethodPattern.parse(text, 0, text.length()))
                .withMessageStartingWith("\"" + text + "\" is left out: " + what + " at position " + position + ";")
                .withMessageContaining("package.Class#method");
    }

    @Test
    void the_position_counts_in_the_whole_text() {
        String whole = "A#a;  B!#b";
        assertThatExceptionOfType(MethodPattern.SyntaxException.class)
                .isThrownBy(() -> MethodPattern.parse(whole, 4, whole.length()))
                .withMessageContaining("\"B!#b\"")
                .withMessageContaining("at position 8;");
    }
}
