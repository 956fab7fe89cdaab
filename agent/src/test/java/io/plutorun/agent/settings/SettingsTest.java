package io.plutorun.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String METHOD = "com.acme.Trainer#train";

    private static List<String> told(Settings settings, Option<?> option, String method) {
        return settings.all(option, method).stream()
                .map(set -> set.value() + " from " + set.source())
                .toList();
    }

    @Test
    void P8_every_value_says_where_it_came_from_highest_first() {
        Settings settings = new Given()
                .file("project", "of-file")
                .argument("project", "of-argument")
                .variable("PLUTO_PROJECT", "of-variable")
                .property("pluto.project", "of-property")
                .settings();
        assertThat(told(settings, Options.PROJECT, METHOD))
                .containsExactly(
                        "of-property from system property pluto.project",
                        "of-variable from PLUTO_PROJECT",
                        "of-argument from agent argument project",
                        "of-file from settings file project");
        assertThat(settings.get(Options.PROJECT)).isEqualTo("of-property");
    }

    @Test
    void each_source_goes_before_the_next() {
        Given given = new Given();
        assertThat(given.settings().find(Options.PROJECT)).map(Sourced::source).hasToString("Optional[the default]");
        given.file("project", "4");
        assertThat(given.settings().get(Options.PROJECT)).isEqualTo("4");
        given.argument("project", "3");
        assertThat(given.settings().get(Options.PROJECT)).isEqualTo("3");
        given.variable("PLUTO_PROJECT", "2");
        assertThat(given.settings().get(Options.PROJECT)).isEqualTo("2");
        given.property("pluto.project", "1");
        assertThat(given.settings().get(Options.PROJECT)).isEqualTo("1");
    }

    @Test
    void what_is_set_for_one_method_goes_before_the_general_value_of_the_same_source() {
        Settings settings = new Given()
                .property("pluto.project", "property")
                .property("pluto." + METHOD + ".project", "property for one")
                .argument("project", "argument")
                .argument(METHOD + ".project", "argument for one")
                .file("project", "file")
                .file(METHOD + ".project", "file for one")
                .settings();
        assertThat(settings.all(Options.PROJECT, METHOD))
                .extracting(Sourced::value)
                .containsExactly(
                        "property for one", "property", "argument for one", "argument", "file for one", "file");
        assertThat(settings.all(Options.PROJECT, "com.acme.Trainer#test"))
                .extracting(Sourced::value)
                .containsExactly("property", "argument", "file");
        assertThat(settings.get(Options.PROJECT)).isEqualTo("property");
    }

    @Test
    void the_order_of_all_is_the_order_of_their_ranks() {
        Settings settings = new Given()
                .property("pluto.project", "x")
                .property("pluto." + METHOD + ".project", "x")
                .variable("PLUTO_PROJECT", "x")
                .argument("project", "x")
                .argument(METHOD + ".project", "x")
                .file("project", "x")
                .file(METHOD + ".project", "x")
                .settings();
        assertThat(settings.all(Options.PROJECT, METHOD))
                .hasSize(7)
                .extracting(set -> set.source().rank())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void the_deployments_own_sources_beat_the_annotation_and_the_file_only_where_it_names_the_method() {
        Settings settings = new Given()
                .property("pluto.project", "yes")
                .variable("PLUTO_PROJECT", "yes")
                .argument("project", "yes")
                .file("project", "no")
                .file(METHOD + ".project", "yes")
                .settings();
        assertThat(settings.all(Options.PROJECT, METHOD))
                .hasSize(5)
                .allSatisfy(set -> assertThat(set.source().beatsAnnotation())
                        .as(set.source().toString())
                        .isEqualTo(set.value().equals("yes")));
        assertThat(Source.annotation("project").beatsAnnotation()).isFalse();
        assertThat(Source.annotation("project")).hasToString("the annotation's project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void blank_means_unset(String blank) {
        Settings settings = new Given()
                .property("pluto.project", blank)
                .variable("PLUTO_PROJECT", blank)
                .argument("project", blank)
                .file("project", "of-file")
                .settings();
        assertThat(settings.get(Options.PROJECT)).isEqualTo("of-file");
        assertThat(settings.takeWarnings()).isEmpty();
    }

    @Test
    void what_is_not_understood_is_told_and_the_next_source_goes() {
        Settings settings = new Given()
                .variable("PLUTO_START_TIMEOUT", " soon ")
                .file("start.timeout", "3s")
                .settings();
        assertThat(settings.get(Options.START_TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.takeWarnings())
                .singleElement()
                .asString()
                .startsWith("PLUTO_START_TIMEOUT: \"soon\" is not understood, ")
                .endsWith("; it is left out");
    }

    @Test
    void where_nothing_is_understood_the_default_goes() {
        Settings settings = new Given().variable("PLUTO_START_TIMEOUT", "soon").settings();
        assertThat(settings.get(Options.START_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.find(Options.START_TIMEOUT))
                .map(set -> set.source().origin())
                .hasValue(Origin.DEFAULT);
    }

    @Test
    void all_has_no_default_in_it_whatever_was_not_understood() {
        Settings settings = new Given()
                .variable("PLUTO_RESUME", "mst")
                .file("resume", "must")
                .settings();
        assertThat(told(settings, Options.RESUME, METHOD)).containsExactly("MUST from settings file resume");
    }

    @Test
    void a_warning_comes_once() {
        Settings settings = new Given().variable("PLUTO_MAX_RUNS", "many").settings();
        settings.find(Options.MAX_RUNS);
        settings.find(Options.MAX_RUNS);
        assertThat(settings.takeWarnings()).hasSize(1);
        settings.find(Options.MAX_RUNS);
        assertThat(settings.takeWarnings()).isEmpty();
    }

    @Test
    void an_option_that_is_nowhere_set_and_has_no_default_is_empty() {
        Settings settings = new Given().settings();
        assertThat(settings.find(Options.HOST)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.get(Options.HOST))
                .withMessageContaining("host");
    }

    @Test
    void a_value_that_the_jvm_could_not_decode_is_told_with_the_way_out() {
        Settings settings = new Given()
                .file("run.name", "the file is always UTF-8: \uFFFD")
                .variable("PLUTO_PROJECT", "digit\uFFFD\uFFFD")
                .settings();

        assertThat(settings.get(Options.PROJECT)).isEqualTo("digit\uFFFD\uFFFD");
        assertThat(settings.find(Options.RUN_NAME)).isPresent();
        assertThat(settings.takeWarnings())
                .singleElement()
                .asString()
                .startsWith("PLUTO_PROJECT holds characters")
                .endsWith("LC_ALL=C.UTF-8");
    }

    @Test
    void a_variable_that_is_one_slip_from_an_option_is_told_and_those_of_others_are_not() {
        Settings settings = new Given().settings();

        settings.warnOfMisspelt(Set.of(
                "PLUTO_TAG",
                "PLUTO_PROJETC",
                "PLUTO_METHODSS",
                "PLUTOTAGS",
                "PLUTO_PROJECT",
                "PLUTO_PORT",
                "PLUTO_PORT_80_TCP",
                "PATH"));

        assertThat(settings.takeWarnings())
                .containsExactlyInAnyOrder(
                        "environment variable PLUTO_TAG is no option, and is left out; meant is perhaps PLUTO_TAGS",
                        "environment variable PLUTO_PROJETC is no option, and is left out; meant is perhaps PLUTO_PROJECT",
                        "environment variable PLUTO_METHODSS is no option, and is left out; meant is perhaps PLUTO_METHODS",
                        "environment variable PLUTOTAGS is no option, and is left out; meant is perhaps PLUTO_TAGS");
    }
}
