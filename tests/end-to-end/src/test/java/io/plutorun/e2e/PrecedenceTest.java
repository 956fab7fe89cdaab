package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plutorun.e2e.programs.Sources;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which source of a value wins (docs/options.md). The program calls one method with an annotated project and one without. */
class PrecedenceTest {

    private static final String METHOD = "io.plutorun.e2e.programs.Sources#";

    private final Path directory;

    PrecedenceTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** Where a setting can stand, highest first. */
    private enum Place {
        PROPERTY,
        ENVIRONMENT,
        ARGUMENT,
        FILE
    }

    /** All sets of places, and with the two methods so all pairs of property, variable, argument, annotation, file and default. */
    static List<List<Place>> subsets() {
        List<Place> all = List.of(Place.values());
        return IntStream.range(0, 1 << all.size())
                .mapToObj(bits -> IntStream.range(0, all.size())
                        .filter(i -> (bits & (1 << i)) != 0)
                        .mapToObj(all::get)
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("subsets")
    void the_highest_source_that_names_a_project_wins(List<Place> places) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Program.of(Sources.class).against(pluto);
            for (Place place : places) {
                set(program, place, "project", "PLUTO_PROJECT", place.name());
            }

            Result result = program.run();

            boolean overridden = !places.isEmpty() && places.get(0) != Place.FILE;
            List<String> projects = new ArrayList<>();
            pluto.runs().forEach(run -> projects.add(run.project()));
            assertThat(projects)
                    .containsExactly(
                            overridden ? places.get(0).name() : "annotation",
                            places.isEmpty() ? "pluto" : places.get(0).name());
            String source = overridden ? sourceOf(places.get(0)) : "";
            assertThat(startLine(result, pluto.run(1)))
                    .endsWith(
                            overridden
                                    ? " (project \"" + projects.get(0) + "\" from " + source
                                            + " instead of the annotation's \"annotation\")"
                                    : pluto.run(1).url());
            assertThat(startLine(result, pluto.run(2))).endsWith(pluto.run(2).url());
        }
    }

    @ParameterizedTest
    @MethodSource("subsets")
    void a_blank_value_counts_as_not_set(List<Place> places) throws IOException {
        List<Place> others = new ArrayList<>(List.of(Place.values()));
        others.removeAll(places);
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Program.of(Sources.class).against(pluto);
            for (Place place : places) {
                set(program, place, "project", "PLUTO_PROJECT", place == Place.FILE ? "" : "  ");
            }
            for (Place place : others) {
                set(program, place, "project", "PLUTO_PROJECT", place.name());
            }

            program.run();

            assertThat(pluto.run(2).project())
                    .isEqualTo(others.isEmpty() ? "pluto" : others.get(0).name());
        }
    }

    @Test
    void a_setting_for_one_method_beats_the_annotation_even_in_the_settings_file() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program file = Program.of(Sources.class).against(pluto);
            set(file, Place.FILE, METHOD + "annotated.project", "", "file for one");
            assertThat(startLine(file.run(), pluto.run(1)))
                    .endsWith(" (project \"file for one\" from settings file " + METHOD
                            + "annotated.project instead of the annotation's \"annotation\")");

            Program argument = Program.of(Sources.class).against(pluto).env("PLUTO_PROJECT", "  ");
            set(argument, Place.ARGUMENT, METHOD + "annotated.project", "", "argument for one");
            argument.run();

            Program property = Program.of(Sources.class)
                    .against(pluto)
                    .property("pluto." + METHOD + "annotated.project", "property for one")
                    .property("pluto.project", "property")
                    .env("PLUTO_PROJECT", "environment");
            property.run();

            assertThat(pluto.runs().stream().map(FakeRun::project))
                    .containsExactly(
                            "file for one", "pluto", "argument for one", "pluto", "property for one", "property");
        }
    }

    @Test
    void a_setting_for_one_method_in_the_settings_file_is_below_what_the_launcher_of_the_job_says() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Program.of(Sources.class).against(pluto).agentArguments("project=argument");
            set(program, Place.FILE, METHOD + "annotated.project", "", "file for one");

            program.run();

            assertThat(pluto.run(1).project()).isEqualTo("argument");
        }
    }

    @Test
    void tags_are_united_and_config_is_merged_key_by_key_to_any_depth() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Program program = Program.of(Sources.class)
                    .against(pluto)
                    .property("pluto.tags", "property,same")
                    .property("pluto.config", "{\"shared\":{\"property\":1,\"all\":\"property\"}}")
                    .env("PLUTO_TAGS", "environment, same")
                    .env(
                            "PLUTO_CONFIG",
                            "{\"shared\":{\"environment\":1,\"all\":\"environment\",\"deep\":{\"a\":1,\"b\":1}}}")
                    .agentArguments(
                            "tags=argument\\,same,"
                                    + "config={\"shared\":{\"argument\":1\\,\"all\":\"argument\"\\,\"deep\":{\"b\":2\\,\"c\":2}}}");
            Path file = Files.writeString(directory.resolve("fleet.properties"), """
                    tags=file,same,group:file
                    config={"file":1,"shared":{"file":1,"all":"file","aboveFile":"file"}}
                    """);
            program.env("PLUTO_SETTINGS_FILE", file.toString());

            Result result = program.run();

            JsonNode create = pluto.exchanges("/api/runs/create").get(0).json();
            assertThat(pluto.run(1).tags())
                    .containsExactly(
                            "property", "same", "environment", "argument", "annotation", "group:annotation", "file");
            assertThat(Requests.configOfProgram(create)).isEqualTo(Requests.parse("""
                                    {"annotation": 1, "file": 1, "shared": {"all": "property", "property": 1, "environment": 1,
                                     "argument": 1, "annotation": 1, "file": 1, "aboveFile": "annotation",
                                     "deep": {"a": 1, "b": 1, "c": 2}}}
                                    """));
            assertThat(result.agentLines())
                    .contains("pluto: Sources.annotated: a run can have one group:* tag; \"group:file\" is left out");
        }
    }

    private void set(Program program, Place place, String key, String variable, String value) throws IOException {
        switch (place) {
            case PROPERTY -> program.property("pluto." + key, value);
            case ENVIRONMENT -> program.env(variable, value);
            case ARGUMENT -> program.agentArguments(key + "=" + value);
            case FILE -> {
                Path file = Files.writeString(
                        Files.createTempFile(directory, "fleet", ".properties"),
                        key.replace("#", "\\#") + " = " + value + "\n");
                program.env("PLUTO_SETTINGS_FILE", file.toString());
            }
        }
    }

    private static String sourceOf(Place place) {
        return switch (place) {
            case PROPERTY -> "system property pluto.project";
            case ENVIRONMENT -> "PLUTO_PROJECT";
            case ARGUMENT -> "agent argument project";
            case FILE -> "settings file project";
        };
    }

    private static String startLine(Result result, FakeRun run) {
        return result.agentLines().stream()
                .filter(line -> line.startsWith("pluto: run " + run.displayId() + " started"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no start line in " + result.agentLines()));
    }
}
