package io.plutorun.agent.named;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NeverMetTest {

    private static final String PACKAGE = NeverMetTest.class.getPackageName();

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    private final Map<String, List<String>> entries = new LinkedHashMap<>();

    private MethodEntries named(String... written) {
        for (String entry : written) {
            entries.put(
                    entry,
                    entry.startsWith("@") ? List.of("L" + entry.substring(1).replace('.', '/') + ";") : List.of());
        }
        return new MethodEntries(className -> List.of(), entries);
    }

    private List<String> told(MethodEntries named, boolean madeRuns, boolean isMeant) {
        Console console = Console.over(lines, new Redactor(Map.of()), LogLevel.INFO);
        Class<?>[] loaded = {String.class, int[].class, NeverMet.class, new Program().define(Offset.class)};
        new NeverMet(named, "PLUTO_METHODS", () -> loaded, console).tell(madeRuns, isMeant);
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String line(String entry, String hint) {
        return "pluto: PLUTO_METHODS: nothing was met that \"" + entry + "\" names; " + hint;
    }

    /** A loader as programs have them: it is not the agent's. */
    private static final class Program extends ClassLoader {

        Class<?> define(Class<?> type) {
            try (InputStream in = requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
                byte[] file = in.readAllBytes();
                return defineClass(type.getName(), file, 0, file.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void an_entry_that_met_nothing_is_told_with_the_classes_that_have_nearly_its_name() {
        assertThat(told(named("com.acme.Ofset#fit", "com.acme.Strong#fit"), true, false))
                .containsExactly(
                        line("com.acme.Ofset#fit", "the nearest that was: org.assertj.core.data.Offset"),
                        line("com.acme.Strong#fit", "no class was loaded whose name is near"));
    }

    @Test
    void classes_of_the_jdk_and_of_the_agent_are_not_what_was_meant() {
        assertThat(told(named("com.acme.String#fit", "com.acme.NeverMet#fit"), true, false))
                .containsExactly(
                        line("com.acme.String#fit", "no class was loaded whose name is near"),
                        line("com.acme.NeverMet#fit", "no class was loaded whose name is near"));
    }

    @Test
    void a_wildcards_hint_is_a_method_of_a_class_that_it_matches() {
        MethodEntries named = named("com.acme.*#trian(int)", "com.acme.*#evaluate");
        named.hasOtherMethods("com.acme.Trainer", List.of("train", "fit"));
        assertThat(told(named, true, false))
                .containsExactly(
                        line("com.acme.*#trian(int)", "the nearest that was: com.acme.Trainer#train"),
                        line("com.acme.*#evaluate", "no class was loaded whose name is near"));
    }

    @Test
    void an_annotations_hint_is_its_retention() {
        assertThat(told(named("@com.acme.Experiment"), true, false))
                .containsExactly(line(
                        "@com.acme.Experiment",
                        "an annotation is seen on methods of classes that are loaded, where its retention is not"
                                + " SOURCE"));
    }

    @Test
    void what_was_met_or_told_already_is_left_out() {
        MethodEntries named = named("A#met", "A#told");
        named.met("A#met");
        named.told("A#told");
        assertThat(told(named, true, true)).isEmpty();
    }

    @Test
    void a_jvm_that_made_no_run_and_is_not_meant_says_nothing() {
        assertThat(told(named("A#a"), false, false)).isEmpty();
    }

    @Test
    void a_program_that_is_meant_speaks_only_where_nothing_at_all_was_met() {
        MethodEntries named = named("A#a", "A#b");
        assertThat(told(named, false, true)).hasSize(2);
        lines.reset();
        named.met("A#a");
        assertThat(told(named, false, true)).isEmpty();
    }

    @Test
    void of_many_entries_the_first_ten_are_told_and_the_others_counted() {
        String[] many = new String[25];
        for (int i = 0; i < many.length; i++) {
            many[i] = PACKAGE + ".Absent" + i + "#fit";
        }
        assertThat(told(named(many), true, false))
                .hasSize(11)
                .last()
                .isEqualTo("pluto: PLUTO_METHODS: nor was anything met of 15 more entries");
    }

    @Test
    void annotations_are_found_by_their_descriptors() {
        MethodEntries named = named("@com.acme.Experiment", "A#a");
        assertThat(named.ofAnnotation("Lcom/acme/Experiment;")).isEqualTo("@com.acme.Experiment");
        assertThat(named.ofAnnotation("Lcom/acme/Other;")).isNull();
    }
}
