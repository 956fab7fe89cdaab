package io.plutorun.agent.describe.place;

import java.util.Map;
import java.util.TreeMap;

/** Parts that are read from environment variables alone. */
final class Variables {

    private Variables() {}

    /**
     * What variables say.
     *
     * @param environment the variables of the process
     * @param names from a name in the part to the variable that has its value
     * @return without those that are not set, or blank
     */
    static Map<String, String> of(Map<String, String> environment, Map<String, String> names) {
        Map<String, String> values = new TreeMap<>();
        names.forEach((name, variable) -> {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                values.put(name, value);
            }
        });
        return values;
    }
}
