package io.plutorun.agent.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to create a run, or to resume the one of this project that bears the external id.
 *
 * @param run what the run is created with
 * @param externalId always given: it makes the request safe to repeat
 * @param createdAt when the run began
 * @param updatedAt when the run was last heard of: the server judges a run that does not beat by it
 */
public record CreateRun(RunDescription run, String externalId, Instant createdAt, Instant updatedAt) {

    /** The body. Objects go as JSON texts within the JSON, times as epoch milliseconds; what is empty is left out. */
    Map<String, @Nullable Object> body() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("runName", run.name());
        body.put("projectName", run.project());
        body.put("externalId", externalId);
        if (!run.tags().isEmpty()) {
            body.put("tags", run.tags());
        }
        body.put("loggerSettings", StorableValues.json(run.loggerSettings()));
        if (!run.systemMetadata().isEmpty()) {
            body.put("systemMetadata", StorableValues.json(run.systemMetadata()));
        }
        if (!run.config().isEmpty()) {
            body.put("config", StorableValues.json(run.config()));
        }
        body.put("createdAt", createdAt.toEpochMilli());
        body.put("updatedAt", updatedAt.toEpochMilli());
        return body;
    }
}
