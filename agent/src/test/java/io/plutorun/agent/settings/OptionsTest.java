package io.plutorun.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

    private static final String BEGIN = "<!-- options -->\n";
    private static final String END = "<!-- /options -->";

    static List<Option<?>> options() {
        return Options.all();
    }

    @ParameterizedTest
    @MethodSource("options")
    void a_name_is_one_rule_in_both_directions(Option<?> option) {
        assertThat(option.key()).matches("[a-z]+(\\.[a-z]+)*");
        assertThat(option.property()).isEqualTo("pluto." + option.key());
        assertThat(option.variable()).matches("PLUTO(_[A-Z]+)+");
        assertThat(option.variable().toLowerCase(Locale.ROOT).replace('_', '.')).isEqualTo(option.property());
    }

    @ParameterizedTest
    @MethodSource("options")
    void a_default_can_be_read_and_a_description_is_a_sentence(Option<?> option) {
        assertThat(new Given().settings().defaultOf(option).isPresent()).isEqualTo(option.defaultText() != null);
        assertThat(option.description()).endsWith(".").doesNotContain("\n");
    }

    @Test
    void names_are_unique_and_every_constant_is_in_the_table() throws IllegalAccessException {
        assertThat(Options.all()).extracting(Option::key).doesNotHaveDuplicates();
        List<Object> constants = new ArrayList<>();
        for (Field field : Options.class.getFields()) {
            constants.add(field.get(null));
        }
        assertThat(constants).isNotEmpty().containsExactlyElementsOf(Options.all());
    }

    @Test
    void P7_only_the_key_is_sensitive_and_it_has_no_default() {
        assertThat(Options.all()).filteredOn(Option::sensitive).containsExactly(Options.API_KEY);
        assertThat(Options.API_KEY.defaultText()).isNull();
    }

    @Test
    void the_documentation_shows_the_table_as_it_is() throws IOException {
        Path page = Path.of(System.getProperty("basedir", "agent"), "..", "docs", "options.md");
        String text = Files.readString(page).replace("\r\n", "\n");
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertThat(begin)
                .as("docs/options.md has no lines <!-- options --> and <!-- /options -->")
                .isBetween(0, end);
        int start = begin + BEGIN.length();
        if (Boolean.getBoolean("pluto.write.readme")) {
            Files.writeString(page, text.substring(0, start) + OptionsTable.markdown() + text.substring(end));
            return;
        }
        assertThat(text.substring(start, end))
                .as("the table of docs/options.md is stale: write it anew with"
                        + " mvn test -pl agent -am -Dtest=OptionsTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dpluto.write.readme=true")
                .isEqualTo(OptionsTable.markdown());
    }
}
