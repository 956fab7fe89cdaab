package io.plutorun.agent.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that must be known before any class is looked at, {@code enabled}, {@code methods}, {@code track.main}, {@code
 * autolog.start} and {@code children}, and the raw sources that the engine resolves all others from. Warnings are collected here and told
 * by the engine: an idle JVM prints nothing.
 */
final class LaunchSettings {

    private final Map<String, String> arguments;
    private final Map<String, String> file;
    private final List<String> warnings;

    private LaunchSettings(Map<String, String> arguments, Map<String, String> file, List<String> warnings) {
        this.arguments = arguments;
        this.file = file;
        this.warnings = warnings;
    }

    static LaunchSettings read(@Nullable String agentArguments) {
        List<String> warnings = new ArrayList<>();
        Map<String, String> arguments = AgentArguments.parse(agentArguments, warnings);
        String path =
                firstNonBlank(property("settings.file"), variable("settings.file"), arguments.get("settings.file"));
        return new LaunchSettings(arguments, SettingsFile.read(path == null ? null : path.trim(), warnings), warnings);
    }

    Map<String, String> arguments() {
        return arguments;
    }

    Map<String, String> file() {
        return file;
    }

    List<String> warnings() {
        return warnings;
    }

    /** False only when the user said so; a value that is no boolean is the engine's to complain about. */
    boolean isEnabled() {
        return flag("enabled", true);
    }

    /** Whether the user said that the program's main method is to be tracked. */
    boolean tracksMain() {
        return flag("track.main", false);
    }

    /** Whether the user said that the first training of a known framework is to open a run, where no method is named. */
    boolean startsAtTraining() {
        return flag("autolog.start", false) && value("methods") == null && !tracksMain();
    }

    /** Whether this JVM adds values to the run of the JVM that has started it: its agent has said so in the environment. */
    boolean belongsToParent() {
        String children = System.getenv("PLUTO_PARENT_RUN") == null ? null : value("children");
        return children != null && children.trim().equalsIgnoreCase("join");
    }

    private boolean flag(String key, boolean otherwise) {
        String value = value(key);
        if (value == null) {
            return otherwise;
        }
        switch (value.trim().toLowerCase(Locale.ROOT)) { // as the engine's settings read a flag
            case "true":
            case "yes":
            case "on":
            case "1":
                return true;
            case "false":
            case "no":
            case "off":
            case "0":
                return false;
            default:
                return otherwise;
        }
    }

    /** The value of the highest source that has one: property, variable, agent argument, file. Blank means unset. */
    @Nullable
    String value(String key) {
        return firstNonBlank(property(key), variable(key), arguments.get(key), file.get(key));
    }

    /** Names an option as the user wrote it, in the source that {@link #value} took it from. */
    String describe(String key) {
        if (firstNonBlank(property(key)) != null) {
            return "system property pluto." + key;
        }
        if (firstNonBlank(variable(key)) != null) {
            return environmentName(key);
        }
        return firstNonBlank(arguments.get(key)) != null ? "agent argument " + key : "settings file, " + key;
    }

    private static @Nullable String property(String key) {
        return System.getProperty("pluto." + key);
    }

    private static @Nullable String variable(String key) {
        return System.getenv(environmentName(key));
    }

    private static String environmentName(String key) {
        return "PLUTO_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static @Nullable String firstNonBlank(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.trim().isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
