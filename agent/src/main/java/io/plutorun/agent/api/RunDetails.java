package io.plutorun.agent.api;

import io.plutorun.agent.http.Fields;
import io.plutorun.agent.http.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands on the server, as far as the agent asks.
 *
 * @param status its state; null where the server named one that the agent does not know
 * @param tags its tags; null where they could not be read
 * @param loggerSettings what whoever created it noted; empty where there is nothing
 * @param externalId the id that its creator gave it; null where there is none
 * @param displayId the id that Pluto shows; null where the server gave none
 * @param project its project; null where the server did not say
 */
public record RunDetails(
        @Nullable RunStatus status,
        @Nullable List<String> tags,
        Map<String, @Nullable Object> loggerSettings,
        @Nullable String externalId,
        @Nullable String displayId,
        @Nullable String project) {

    static Outcome<RunDetails> read(Fields fields) {
        return new Outcome.Answer<>(new RunDetails(
                RunStatus.named(fields.text("status")),
                fields.texts("tags"),
                fields.object("loggerSettings"),
                fields.text("externalId"),
                fields.text("displayId"),
                fields.text("projectName")));
    }
}
