package io.plutorun.agent.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code -javaagent:pluto-agent.jar=}: {@code key=value} pairs, separated by commas. A backslash takes the next
 * character literally, so that a value can hold a comma.
 */
final class AgentArguments {

    private AgentArguments() {}

    /** Parses, and adds to {@code warnings} what could not be taken. */
    static Map<String, String> parse(@Nullable String arguments, List<String> warnings) {
        Map<String, String> values = new LinkedHashMap<>();
        if (arguments == null) {
            return values;
        }
        StringBuilder text = new StringBuilder();
        String key = null;
        for (int i = 0; i <= arguments.length(); i++) {
            char c = i < arguments.length() ? arguments.charAt(i) : ',';
            if (c == '\\' && i + 1 < arguments.length()) {
                text.append(arguments.charAt(++i));
            } else if (c == '=' && key == null) {
                key = text.toString().trim();
                text.setLength(0);
            } else if (c == ',') {
                take(key, text.toString(), values, warnings);
                key = null;
                text.setLength(0);
            } else {
                text.append(c);
            }
        }
        return values;
    }

    private static void take(@Nullable String key, String text, Map<String, String> values, List<String> warnings) {
        if (key == null || key.isEmpty()) {
            String written = (key == null ? text : "=" + text).trim();
            if (!written.isEmpty()) {
                warnings.add("agent argument \"" + written + "\" is ignored: write key=value, separated by commas");
            }
        } else if (key.equals("api.key") || key.equals("pluto.api.key")) {
            warnings.add(
                    "the API key among the agent arguments is ignored: every user of the machine can read it in the process list;"
                            + " set PLUTO_API_KEY or PLUTO_API_KEY_FILE");
        } else {
            values.put(key.startsWith("pluto.") ? key.substring("pluto.".length()) : key, text);
        }
    }
}
