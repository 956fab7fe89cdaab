package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a run's status history.
 *
 * @param source {@code api}, {@code resume} or {@code stale-monitor}
 * @param apiKeyId the key that made the change, null when the server itself did
 */
public record StatusEvent(
        long id,
        @Nullable RunStatus from,
        RunStatus to,
        String source,
        @Nullable JsonNode metadata,
        @Nullable String actorId,
        @Nullable String apiKeyId,
        Instant at) {}
