package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The routes that change a run: status, tags, config, notes, log names. */
final class UpdateRoutes {

    static final Schema STATUS = new Schema(
            Schema.Field.number("runId"),
            Schema.Field.oneOf(
                    "status", Arrays.stream(RunStatus.values()).map(Enum::name).toList()),
            Schema.Field.text("statusMetadata").nullish(),
            Schema.Field.text("loggerSettings").nullish(),
            Schema.Field.timestamp("statusUpdated"));

    static final Schema TAGS = new Schema(Schema.Field.number("runId"), Schema.Field.tags());

    static final Schema CONFIG = new Schema(Schema.Field.number("runId"), Schema.Field.text("config"));

    static final Schema NOTES = new Schema(
            Schema.Field.number("runId"), Schema.Field.text("notes", 0, 1000).nullable());

    static final Schema LOG_NAMES = new Schema(
            Schema.Field.number("runId"),
            Schema.Field.texts("logName"),
            Schema.Field.oneOf(
                    "logType",
                    List.of(
                            "METRIC",
                            "IMAGE",
                            "VIDEO",
                            "AUDIO",
                            "FILE",
                            "TEXT",
                            "ARTIFACT",
                            "HISTOGRAM",
                            "TABLE",
                            "DATA")));

    /** PostgreSQL's limit for a row of a b-tree index, met after compression. */
    private static final int INDEX_ROW_LIMIT = 2704;

    private final RunTable table;
    private final RunFinder runs;

    UpdateRoutes(RunTable table, RunFinder runs) {
        this.table = table;
        this.runs = runs;
    }

    Answer updateStatus(ApiKey key, Input input) {
        long id = input.id("runId");
        RunStatus to = RunStatus.valueOf(input.requiredText("status"));
        return table.locked(() -> {
            RunRow run = runs.run(key, id);
            JsonNode settings = jsonIn(input, "loggerSettings");
            JsonNode metadata = jsonIn(input, "statusMetadata");
            if (run.status.outranks(to)) {
                return Answer.SUCCESS; // said to be a success, and dropped whole
            }
            boolean metadataCleared = input.has("statusMetadata") && input.text("statusMetadata") == null;
            JsonNode storedMetadata = metadata == null ? null : stored(metadata);
            JsonNode mergedSettings =
                    settings == null ? Json.object() : stored(Json.deepMerge(run.loggerSettings, settings));
            if (!mergedSettings.isEmpty()) {
                run.loggerSettings = mergedSettings;
            }
            if (storedMetadata != null || metadataCleared) {
                run.statusMetadata = storedMetadata == null ? NullNode.instance : storedMetadata;
            }
            Double reported = input.number("statusUpdated");
            table.transition(
                    run,
                    to,
                    "api",
                    storedMetadata,
                    reported == null ? null : Instant.ofEpochMilli(reported.longValue()),
                    key);
            return Answer.SUCCESS;
        });
    }

    /** Null where the key is absent, null or empty: the column is left alone then. */
    private static @Nullable JsonNode jsonIn(Input input, String name) {
        String text = input.text(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        return Json.parse(text).orElseThrow(() -> new Refusal(Answer.error(400, "Invalid " + name + " JSON")));
    }

    Answer updateTags(ApiKey key, Input input) {
        List<String> tags = input.texts("tags");
        checkGroups(tags);
        long id = input.id("runId");
        return table.locked(() -> {
            RunRow run = runs.run(key, id);
            if (tags.stream().anyMatch(Json::unstorable)) {
                return Answer.INTERNAL_SERVER_ERROR;
            }
            run.tags = List.copyOf(tags);
            run.updatedAt = table.now();
            return Answer.SUCCESS;
        });
    }

    Answer updateConfig(ApiKey key, Input input) {
        long id = input.id("runId");
        String config = input.requiredText("config");
        return table.locked(() -> {
            RunRow run = runs.run(key, id);
            if (config.isEmpty() || config.equals("null")) {
                return Answer.SUCCESS;
            }
            JsonNode patch =
                    Json.parse(config).orElseThrow(() -> new Refusal(Answer.error(400, "Invalid config JSON")));
            if (!patch.isObject()) {
                return Answer.error(400, "Invalid config JSON: expected an object");
            }
            JsonNode merged = Json.deepMerge(run.config, stored(patch));
            run.config = merged.isEmpty() ? NullNode.instance : stored(merged);
            run.updatedAt = table.now();
            return Answer.SUCCESS;
        });
    }

    Answer updateNotes(ApiKey key, Input input) {
        long id = input.id("runId");
        String notes = input.text("notes");
        return table.locked(() -> {
            RunRow run = runs.run(key, id);
            if (notes != null && Json.unstorable(notes)) {
                return Answer.INTERNAL_SERVER_ERROR;
            }
            run.notes = notes;
            run.updatedAt = table.now();
            return Answer.SUCCESS;
        });
    }

    Answer addLogNames(ApiKey key, Input input) {
        long id = input.id("runId");
        String type = input.requiredText("logType");
        return table.locked(() -> {
            RunRow run = runs.run(key, id);
            List<String> names = input.texts("logName");
            if (names.stream().anyMatch(name -> Json.unstorable(name) || overflowsIndex(name))) {
                return Answer.INTERNAL_SERVER_ERROR;
            }
            names.forEach(name -> run.logNames.putIfAbsent(name, new LogName(name, type, group(name))));
            return Answer.SUCCESS;
        });
    }

    static String group(String logName) {
        return logName.substring(0, Math.max(0, logName.lastIndexOf('/')));
    }

    private static boolean overflowsIndex(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= INDEX_ROW_LIMIT) {
            return false;
        }
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        int compressed = deflater.deflate(new byte[INDEX_ROW_LIMIT + 1]);
        deflater.end();
        return compressed > INDEX_ROW_LIMIT;
    }

    /** What every route that takes tags says about them beyond their schema. */
    static void checkGroups(List<String> tags) {
        if (tags.stream().filter(tag -> tag.startsWith("group:")).count() > 1) {
            throw new Refusal(Answer.error(400, "A run can have at most one group:* tag."));
        }
    }

    private static JsonNode stored(JsonNode value) {
        try {
            return Json.stored(value);
        } catch (Json.Unstorable refused) {
            throw new Refusal(Answer.INTERNAL_SERVER_ERROR);
        }
    }
}
