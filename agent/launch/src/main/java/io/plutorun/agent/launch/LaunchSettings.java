package io.plutorun.agent.launch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two settings that must be known before any class is looked at, {@code enabled} and {@code methods}, and the raw sources that the
 * engine resolves all others from. Warnings are collected here and told by the engine: an idle JVM prints nothing.
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
        LaunchSettings withoutFile = new LaunchSettings(arguments, new HashMap<String, String>(), warnings);
        String path = withoutFile.value("settings.file");
        return new LaunchSettings(arguments, SettingsFile.read(path, warnings), warnings);
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

    /** False only when the user said so; a value that is no flag is the engine's to complain about. */
    boolean isEnabled() {
        String value = value("enabled");
        return value == null || !Boolean.FALSE.equals(SettingRules.flag(value));
    }

    /** The value of the highest place that has one; null for none. */
    @Nullable
    String value(String key) {
        @Nullable String[] places = places(key);
        int highest = SettingRules.highest(places);
        return highest < 0 ? null : places[highest];
    }

    /** Names an option as the user wrote it, in the place that {@link #value} took it from. */
    String describe(String key) {
        switch (SettingRules.highest(places(key))) {
            case SettingRules.PROPERTY:
                return "system property " + SettingRules.property(key);
            case SettingRules.VARIABLE:
                return SettingRules.variable(key);
            case SettingRules.ARGUMENT:
                return "agent argument " + key;
            default:
                return "settings file, " + key;
        }
    }

    private @Nullable String[] places(String key) {
        @Nullable String[] places = new String[SettingRules.PLACES];
        places[SettingRules.PROPERTY] = System.getProperty(SettingRules.property(key));
        places[SettingRules.VARIABLE] = System.getenv(SettingRules.variable(key));
        places[SettingRules.ARGUMENT] = arguments.get(key);
        places[SettingRules.FILE] = file.get(key);
        return places;
    }
}
