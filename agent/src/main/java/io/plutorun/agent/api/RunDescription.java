package io.plutorun.agent.api;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run is created with.
 *
 * @param project the run's project
 * @param name the run's name
 * @param tags the run's tags
 * @param config the run's config
 * @param loggerSettings what the agent notes about itself, the start mark among it
 * @param systemMetadata what the run records about the machine
 */
public record RunDescription(
        String project,
        String name,
        List<String> tags,
        Map<String, @Nullable Object> config,
        Map<String, @Nullable Object> loggerSettings,
        Map<String, @Nullable Object> systemMetadata) {

    /** The field of {@link #loggerSettings} in which a process that adds values to another one's run has the run's external id. */
    public static final String EXTERNAL_ID = "externalId";

    /** The same with each of its maps changed. */
    public RunDescription withMaps(UnaryOperator<Map<String, @Nullable Object>> change) {
        return new RunDescription(
                project, name, tags, change.apply(config), change.apply(loggerSettings), change.apply(systemMetadata));
    }
}
