package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.plutorun.fake.FakeRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The shapes in which the cards of a run's page read what the run has recorded of its environment. */
final class PageShapes {

    private static final String SCHEMA = "/pages/system-metadata.schema.json";

    private PageShapes() {}

    /** Fails where a part of what a run has recorded would hide its card. */
    static void assertFit(FakeRun run) {
        JsonNode found = new ObjectMapper().valueToTree(environment(run));
        try (InputStream schema = Objects.requireNonNull(PageShapes.class.getResourceAsStream(SCHEMA))) {
            JsonSchema shapes =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
            assertThat(shapes.validate(found)).as("%s", found).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The libraries that a run has recorded. */
    static List<String> requirements(FakeRun run) {
        return environment(run).get("requirements") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** What was recorded with the create, and beside it what came later to the config. */
    static Map<String, Object> environment(FakeRun run) {
        Map<String, Object> all = new LinkedHashMap<>();
        merge(all, run.systemMetadata());
        if (run.config().get("environment") instanceof Map<?, ?> late) {
            merge(all, late);
        }
        return all;
    }

    private static void merge(Map<String, Object> into, Map<?, ?> from) {
        from.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (into.get(name) instanceof Map<?, ?> there && value instanceof Map<?, ?> more) {
                Map<String, Object> both = new LinkedHashMap<>();
                merge(both, there);
                merge(both, more);
                into.put(name, both);
            } else {
                into.put(name, value);
            }
        });
    }
}
