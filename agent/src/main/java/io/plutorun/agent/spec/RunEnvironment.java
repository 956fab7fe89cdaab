package io.plutorun.agent.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is created with of its environment, without being asked for it. What the user gives goes over it.
 *
 * @param system for {@code systemMetadata}, without secrets
 * @param config for {@code config}
 * @param tags more tags
 */
public record RunEnvironment(
        Map<String, @Nullable Object> system, Map<String, @Nullable Object> config, List<String> tags) {

    /** Nothing. */
    public static final RunEnvironment NONE = new RunEnvironment(Map.of(), Map.of(), List.of());
}
