package io.plutorun.agent.current;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What another process needs to know to add values to a run.
 *
 * @param runId the server's number of it
 * @param project its project
 * @param externalId its external id, by which a run of the same number on another server is told from it; null where it is not known
 */
public record RunAddress(
        long runId, String project, @Nullable String externalId) {

    /** The key of {@link #runId}. Where it is absent, no run is meant. */
    public static final String RUN = "pluto.run";

    private static final String PROJECT = "pluto.project";
    private static final String EXTERNAL_ID = "pluto.external_id";

    /** The keys that an address may have. */
    public static final List<String> KEYS = List.of(RUN, PROJECT, EXTERNAL_ID);

    /** As texts by key. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(RUN, String.valueOf(runId));
        texts.put(PROJECT, project);
        if (externalId != null) {
            texts.put(EXTERNAL_ID, externalId);
        }
        return texts;
    }

    /** What such texts say; null where they name no run. */
    public static @Nullable RunAddress of(Function<String, @Nullable String> texts) {
        String runId = texts.apply(RUN);
        String project = texts.apply(PROJECT);
        if (runId == null || project == null) {
            return null;
        }
        try {
            long number = Long.parseLong(runId);
            return number <= 0 ? null : new RunAddress(number, project, texts.apply(EXTERNAL_ID));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
