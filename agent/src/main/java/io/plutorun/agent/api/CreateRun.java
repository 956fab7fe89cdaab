package io.plutorun.agent.api;

import io.plutorun.agent.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to create a run, or to resume the one of this project that bears the external id.
 *
 * @param name the run's name
 * @param project its project
 * @param externalId always given: it makes the request safe to repeat
 * @param tags its tags
 * @param loggerSettings what the agent notes about itself
 * @param systemMetadata what the run records about the machine
 * @param config its config
 * @param createdAt when it began
 * @param updatedAt when it was last heard of: the server judges a run that does not beat by it
 */
public record CreateRun(
        String name,
        String project,
        String externalId,
        List<String> tags,
        Map<String, @Nullable Object> loggerSettings,
        Map<String, @Nullable Object> systemMetadata,
        Map<String, @Nullable Object> config,
        Instant createdAt,
        Instant updatedAt) {

    /** The body. Objects go as JSON texts within the JSON, times as epoch milliseconds; what is empty is left out. */
    Map<String, @Nullable Object> body() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("runName", name);
        body.put("projectName", project);
        body.put("externalId", externalId);
        if (!tags.isEmpty()) {
            body.put("tags", tags);
        }
        body.put("loggerSettings", Json.write(loggerSettings));
        if (!systemMetadata.isEmpty()) {
            body.put("systemMetadata", Json.write(systemMetadata));
        }
        if (!config.isEmpty()) {
            body.put("config", Json.write(config));
        }
        body.put("createdAt", createdAt.toEpochMilli());
        body.put("updatedAt", updatedAt.toEpochMilli());
        return body;
    }
}
