package io.plutorun.agent.spec;

import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.host.RandomId;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.json.JsonObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agent notes about itself in a run's {@code loggerSettings}, with what the user lays over it. */
final class LoggerSettings {

    private LoggerSettings() {}

    /**
     * The settings of a new start, with a start mark of its own.
     *
     * @param users what the user lays over the agent's
     * @param warnings takes a line where a part of the user's is left out
     */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> users, List<String> warnings) {
        Map<String, @Nullable Object> agent = new LinkedHashMap<>();
        agent.put("name", "pluto-agent");
        agent.put("version", AgentVersion.get());
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        sent.put("agent", agent);
        sent = JsonObjects.merge(sent, users);
        if (sent.containsKey("trigger") && !isObjectOfObjects(sent.get("trigger"))) {
            warnings.add(
                    "the logger settings' trigger is left out: it must be an object of objects, else the server's watch over"
                            + " all runs fails");
            sent.remove("trigger");
        }
        sent.put(RunRecord.Start.MARK, RandomId.uuid());
        return sent;
    }

    private static boolean isObjectOfObjects(@Nullable Object value) {
        return value instanceof Map<?, ?> object
                && object.values().stream().allMatch(element -> element instanceof Map<?, ?>);
    }
}
