package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedMethodsTest {

    @Test
    void entries_are_separated_by_semicolons() {
        NamedMethods methods = NamedMethods.parse("com.acme.A#run; com.acme.B#run(int,int) ;\n**.C#*;");
        assertThat(methods.errors()).isEmpty();
        assertThat(methods.names("com/acme/A")).isTrue();
        assertThat(methods.names("com/acme/B")).isTrue();
        assertThat(methods.names("x/y/C")).isTrue();
        assertThat(methods.names("com/acme/D")).isFalse();
    }

    @Test
    void nothing_named_is_no_mistake() {
        assertThat(NamedMethods.parse(null).names("A")).isFalse();
        assertThat(NamedMethods.parse("").errors()).isEmpty();
        assertThat(NamedMethods.parse(" ; ;").errors()).isEmpty();
    }

    @Test
    void an_entry_with_a_mistake_is_left_out_and_the_others_hold() {
        NamedMethods methods = NamedMethods.parse("A#a;oops;B#b;C#");
        assertThat(methods.errors()).hasSize(2);
        assertThat(methods.errors().get(0)).contains("\"oops\"").contains("at position 9;");
        assertThat(methods.errors().get(1)).contains("\"C#\"").contains("at position 16;");
        assertThat(methods.names("A")).isTrue();
        assertThat(methods.names("B")).isTrue();
        assertThat(methods.names("oops")).isFalse();
    }

    @Test
    void a_class_gets_all_patterns_that_name_it() {
        NamedMethods methods = NamedMethods.parse("A#one;*#two;B#three");
        assertThat(methods.apply("A")).map(Object::toString).containsExactly("A#one", "*#two");
        assertThat(methods.apply("B")).map(Object::toString).containsExactly("*#two", "B#three");
        assertThat(methods.apply("p/A")).isEmpty();
    }

    @Test
    void an_annotation_is_known_by_its_descriptor_nested_or_not() {
        NamedMethods methods = NamedMethods.parse(" @com.acme.Experiment ; A#a; @com.acme.Marks.Tracked;@Marks$Other");
        assertThat(methods.errors()).isEmpty();
        assertThat(methods.entries())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "A#a", List.of(),
                        "@com.acme.Experiment", List.of("Lcom/acme/Experiment;"),
                        "@com.acme.Marks.Tracked", List.of("Lcom/acme/Marks/Tracked;", "Lcom/acme/Marks$Tracked;"),
                        "@Marks$Other", List.of("LMarks$Other;")));
        assertThat(methods.descriptors())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .containsExactly(
                        "Lcom/acme/Experiment;",
                        "Lcom/acme/Marks/Tracked;",
                        "Lcom/acme/Marks$Tracked;",
                        "LMarks$Other;");
        assertThat(methods.names("com/acme/Experiment")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@ | the annotation's name is missing at position 2",
                "@com.acme.* | '*' can't stand in the annotation's name at position 11",
                "@com.acme.A#run | '#' can't stand in the annotation's name at position 12",
                "@com..A | a name is missing beside the dot at position 6"
            })
    void a_mistake_in_an_annotation_is_told_with_its_position(String entry, String why) {
        NamedMethods methods = NamedMethods.parse(entry);
        assertThat(methods.errors())
                .containsExactly("\"" + entry + "\" is left out: " + why + "; write @package.Annotation");
        assertThat(methods.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Train#run, com/acme/Main, true",
        "com.acme.deep.Train#run, com/acme/cli/Main, true",
        "com.acme.*Job#run, com/acme/Main, true",
        "com.acme.**#run, com/acme/Main, true",
        "acme.Train#run, acme/Main, true",
        "Train#run, Main, true",
        "@com.acme.Experiment, com/acme/Main, true",
        "com.acme.Train#run, com/acne/Main, false",
        "com.acme.Train#run, com/Main, false",
        "com.acme.Train#run, Main, false",
        "Train#run, com/acme/Main, false",
        "**.Train#run, com/acme/Main, false",
        "com.*.Train#run, com/acme/Main, false",
        "**#run, Main, false"
    })
    void a_program_is_probably_meant_where_its_package_begins_as_an_entrys(String entry, String main, boolean isMeant) {
        NamedMethods methods = NamedMethods.parse("other.people.Code#run;" + entry);
        assertThat(methods.sharePackageWith(main)).isEqualTo(isMeant);
        assertThat(methods.maySharePackageWith(main.replace('/', '.') + " data.csv"))
                .as("at a first look")
                .isEqualTo(isMeant);
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Train#run, org.apache.spark.deploy.SparkSubmit --class com.acme.Main x.jar, true",
        "com.acme.Train#run, trained/com.acme.Main, true",
        "com.acme.Train#run, jdk.compiler/com.sun.tools.javac.Main src/com/acme/Train.java, false",
        "Train#run, jdk.compiler/com.sun.tools.javac.Main Train.java, false",
        "Train#run, jdk.compiler/com.sun.tools.javac.launcher.Main Train.java, true",
        "Train#run, org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.1, false"
    })
    void a_first_look_at_a_command_line_tells_most_tools_from_programs(
            String entry, String command, boolean isPossible) {
        assertThat(NamedMethods.parse(entry).maySharePackageWith(command)).isEqualTo(isPossible);
    }
}
