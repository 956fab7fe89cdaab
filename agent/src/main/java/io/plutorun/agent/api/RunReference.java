package io.plutorun.agent.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a request names an existing run. Keys that are not used are left out: the server rejects an explicit null. */
public sealed interface RunReference {

    /** The fields of a resume request. */
    Map<String, @Nullable Object> fields();

    /**
     * The server's number.
     *
     * @param runId the number
     */
    record ByRunId(long runId) implements RunReference {
        @Override
        public Map<String, @Nullable Object> fields() {
            return Map.of("runId", runId);
        }
    }

    /**
     * The id that Pluto shows.
     *
     * @param displayId such as {@code MMP-1}
     * @param project only where the user set it: with a wrong one the server finds nothing. Null leaves it out
     */
    record ByDisplayId(String displayId, @Nullable String project) implements RunReference {
        @Override
        public Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("displayId", displayId);
            if (project != null) {
                fields.put("projectName", project);
            }
            return fields;
        }
    }

    /**
     * The user's own id, which is unique within a project.
     *
     * @param externalId the id
     * @param project the project
     */
    record ByExternalId(String externalId, String project) implements RunReference {
        @Override
        public Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("externalId", externalId);
            fields.put("projectName", project);
            return fields;
        }
    }
}
