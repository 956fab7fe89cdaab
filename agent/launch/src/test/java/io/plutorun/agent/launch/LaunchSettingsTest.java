package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs environment variables is tested in forked JVMs, end to end. */
class LaunchSettingsTest {

    private static final String PROPERTY = "pluto.methods";

    private final Path folder;

    LaunchSettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void no_variable_speaks_for_the_user() {
        assumeThat(System.getenv("PLUTO_METHODS")).isNull();
        assumeThat(System.getenv("PLUTO_ENABLED")).isNull();
        assumeThat(System.getenv("PLUTO_SETTINGS_FILE")).isNull();
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
        System.clearProperty("pluto.settings.file");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("fleet.properties"), content);
    }

    @Test
    void a_property_goes_before_an_argument_and_an_argument_before_the_file() throws IOException {
        LaunchSettings settings =
                LaunchSettings.read("methods=A#argument,settings.file=" + file("methods=A#file\nx=y"));
        assertThat(settings.value("methods")).isEqualTo("A#argument");
        assertThat(settings.describe("methods")).isEqualTo("agent argument methods");
        System.setProperty(PROPERTY, "A#property");
        assertThat(settings.value("methods")).isEqualTo("A#property");
        assertThat(settings.describe("methods")).isEqualTo("system property pluto.methods");
        assertThat(settings.value("x")).isEqualTo("y");
        assertThat(settings.describe("x")).isEqualTo("settings file, x");
        assertThat(settings.value("absent")).isNull();
    }

    @Test
    void blank_means_unset() throws IOException {
        System.setProperty(PROPERTY, " ");
        LaunchSettings settings = LaunchSettings.read("methods=,settings.file=" + file("methods=A#file"));
        assertThat(settings.value("methods")).isEqualTo("A#file");
        assertThat(settings.describe("methods")).isEqualTo("settings file, methods");
    }

    @Test
    void the_settings_file_is_named_by_the_highest_source() throws IOException {
        System.setProperty("pluto.settings.file", file("project=fleet").toString());
        LaunchSettings settings = LaunchSettings.read("settings.file=/absent");
        assertThat(settings.file()).containsEntry("project", "fleet");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void warnings_are_collected_for_the_engine_to_tell() {
        LaunchSettings settings = LaunchSettings.read("junk,settings.file=" + folder.resolve("absent"));
        assertThat(settings.warnings()).hasSize(2);
        assertThat(settings.arguments()).containsOnlyKeys("settings.file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "FALSE", " false ", "off", "no", "0"})
    void every_way_to_write_false_disables_the_agent(String value) {
        assertThat(LaunchSettings.read("enabled=" + value).isEnabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "", " ", "maybe"})
    void anything_else_does_not(String value) {
        assertThat(LaunchSettings.read("enabled=" + value).isEnabled()).isTrue();
    }

    @Test
    void the_agent_is_enabled_unless_somebody_says_otherwise() {
        assertThat(LaunchSettings.read(null).isEnabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", " true ", "on", "yes", "1"})
    void every_way_to_write_true_tracks_the_main_method(String value) {
        assertThat(LaunchSettings.read("track.main=" + value).tracksMain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "", " ", "maybe"})
    void no_main_method_is_tracked_where_nobody_says_so(String value) {
        assertThat(LaunchSettings.read("track.main=" + value).tracksMain()).isFalse();
        assertThat(LaunchSettings.read(null).tracksMain()).isFalse();
    }
}
