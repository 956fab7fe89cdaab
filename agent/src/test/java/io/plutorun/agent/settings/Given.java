package io.plutorun.agent.settings;

import java.util.HashMap;
import java.util.Map;

/** Settings from sources that a test fills. */
final class Given {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> arguments = new HashMap<>();
    private final Map<String, String> file = new HashMap<>();

    Given property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    Given variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given argument(String key, String value) {
        arguments.put(key, value);
        return this;
    }

    Given file(String key, String value) {
        file.put(key, value);
        return this;
    }

    Settings settings() {
        return new Settings(properties::get, environment::get, arguments, file);
    }
}
