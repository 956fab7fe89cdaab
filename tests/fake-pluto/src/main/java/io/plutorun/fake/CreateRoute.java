package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/runs/create}: the order of its checks is what decides which error wins and which numbers are burnt. */
final class CreateRoute {

    static final Schema SCHEMA = new Schema(
            Schema.Field.text("runName"),
            Schema.Field.text("projectName"),
            Schema.Field.text("externalId", 1, Integer.MAX_VALUE).nullish(),
            Schema.Field.tags().nullish(),
            Schema.Field.text("loggerSettings").nullish(),
            Schema.Field.text("systemMetadata").nullish(),
            Schema.Field.text("config").nullish(),
            Schema.Field.timestamp("createdAt"),
            Schema.Field.timestamp("updatedAt"),
            Schema.Field.number("forkRunId").nullish(),
            Schema.Field.number("forkStep").nullish(),
            Schema.Field.flag("inheritConfig"),
            Schema.Field.flag("inheritTags"));

    private static final Answer FAILED = Answer.error(500, "Failed to create run");
    private static final int NAME_LIMIT = 255;
    private static final long YEAR_10000 = 253_402_300_800_000L;

    private record Fork(RunRow parent, long step) {}

    private final RunTable table;
    private final TestClock clock;
    private final UsageStore usage;
    private final int newProjectRaces;

    CreateRoute(RunTable table, TestClock clock, UsageStore usage, int newProjectRaces) {
        this.table = table;
        this.clock = clock;
        this.usage = usage;
        this.newProjectRaces = newProjectRaces;
    }

    Answer answer(ApiKey key, Input input) {
        UpdateRoutes.checkGroups(input.texts("tags"));
        return table.locked(() -> {
            ProjectRow project = project(key.organization(), input);
            String externalId = input.text("externalId");
            if (externalId != null && Json.unstorable(externalId)) {
                return Answer.INTERNAL_SERVER_ERROR;
            }
            RunRow existing = externalId == null ? null : table.find(project, externalId);
            return existing == null ? insert(key, project, input) : resume(key, existing, input);
        });
    }

    /** Made before anything else is looked at: a create that fails further down leaves the project behind. */
    private ProjectRow project(Organization organization, Input input) {
        String name = input.requiredText("projectName");
        Instant createdAt = time(input, "createdAt");
        Instant updatedAt = time(input, "updatedAt");
        if (tooLong(name) || Json.unstorable(name) || Json.unstorable(DisplayIds.prefix(name))) {
            throw new Refusal(Answer.INTERNAL_SERVER_ERROR);
        }
        ProjectRow existing = table.findProject(organization, name);
        if (existing == null) {
            ProjectRow project = table.addProject(organization, name, createdAt, updatedAt);
            project.racesToLose = newProjectRaces;
            return project;
        }
        if (existing.racesToLose > 0) {
            existing.racesToLose--;
            throw new Refusal(Answer.INTERNAL_SERVER_ERROR);
        }
        return existing;
    }

    private Instant time(Input input, String name) {
        Double millis = input.number(name);
        if (millis == null || millis == 0) {
            return clock.now(); // zero is as good as absent
        }
        if (millis >= YEAR_10000) {
            throw new Refusal(Answer.INTERNAL_SERVER_ERROR);
        }
        return Instant.ofEpochMilli(millis.longValue());
    }

    private static boolean tooLong(String name) {
        return name.codePointCount(0, name.length()) > NAME_LIMIT;
    }

    private Answer resume(ApiKey key, RunRow run, Input input) {
        if (run.status.isTerminal()) {
            table.transition(run, RunStatus.RUNNING, "resume", null, null, key);
        }
        String text = input.text("config");
        if (text != null && !text.isEmpty() && !text.equals("null")) {
            // The status has been written by now; the real server fails here too, after the fact.
            JsonNode config = Json.parse(text).orElseThrow(() -> new Refusal(Answer.INTERNAL_SERVER_ERROR));
            if (config.isObject()) {
                mergeUnlessRefused(run, config);
            }
        }
        return created(run, true);
    }

    private void mergeUnlessRefused(RunRow run, JsonNode config) {
        try {
            run.config = Json.stored(Json.deepMerge(run.config, Json.stored(config)));
            run.updatedAt = clock.now();
        } catch (Json.Unstorable refused) {
            // Merged after the answer on the real server: the client never hears of it.
        }
    }

    private Answer insert(ApiKey key, ProjectRow project, Input input) {
        Fork fork = fork(project, input);
        Organization organization = key.organization();
        if (usage.isDown() || !organization.subscribed()) {
            return Answer.INTERNAL_SERVER_ERROR;
        }
        if (organization.overLimit()) {
            return Answer.error(400, "Organization is at limit");
        }
        JsonNode settings = parsed(input, "loggerSettings");
        JsonNode metadata = parsed(input, "systemMetadata");
        JsonNode config = parsed(input, "config");
        int number = project.drawNumber(clock.now());
        RunRow.NewRun values = new RunRow.NewRun(
                input.requiredText("runName"),
                input.text("externalId"),
                tags(fork, input),
                time(input, "createdAt"),
                time(input, "updatedAt"),
                fork == null ? null : Long.valueOf(fork.parent.id),
                fork == null ? null : Long.valueOf(fork.step));
        if (refused(values.name()) || (values.externalId() != null && refused(values.externalId()))) {
            return FAILED;
        }
        if (values.tags().stream().anyMatch(Json::unstorable)) {
            return FAILED;
        }
        try {
            JsonNode storedSettings = Json.stored(settings);
            JsonNode storedMetadata = Json.stored(metadata);
            JsonNode storedConfig = Json.stored(inherited(fork, config, input));
            RunRow run = table.insert(project, number, values, key);
            run.loggerSettings = storedSettings;
            run.systemMetadata = storedMetadata;
            run.config = storedConfig;
            return created(run, false);
        } catch (Json.Unstorable refused) {
            return FAILED;
        }
    }

    private static boolean refused(String name) {
        return tooLong(name) || Json.unstorable(name);
    }

    private static JsonNode parsed(Input input, String name) {
        String text = input.text(name);
        if (text == null || text.isEmpty() || text.equals("null")) {
            return NullNode.instance;
        }
        return Json.parse(text)
                .orElseThrow(() -> new Refusal(Answer.error(400, "Invalid JSON format in request body")));
    }

    private @Nullable Fork fork(ProjectRow project, Input input) {
        Double parentId = input.number("forkRunId");
        Double step = input.number("forkStep");
        if (parentId == null || parentId == 0) {
            return null;
        }
        if (step == null) {
            throw new Refusal(Answer.error(400, "forkStep is required when forkRunId is provided"));
        }
        RunRow parent = table.find(project.organization, Input.asId(parentId))
                .filter(run -> run.project == project)
                .orElseThrow(() -> new Refusal(Answer.error(400, "Fork parent run not found in this project")));
        long at = Input.asId(step);
        if (parent.highestStep != null && at > parent.highestStep) {
            throw new Refusal(Answer.error(
                    400, "forkStep (" + at + ") exceeds the parent run's max step (" + parent.highestStep + ")"));
        }
        return new Fork(parent, at);
    }

    private static List<String> tags(@Nullable Fork fork, Input input) {
        List<String> own = input.texts("tags");
        if (fork == null || fork.parent.tags.isEmpty() || !input.flag("inheritTags", false)) {
            return own;
        }
        Set<String> union = new LinkedHashSet<>(fork.parent.tags);
        union.addAll(own);
        return new ArrayList<>(union);
    }

    private static JsonNode inherited(@Nullable Fork fork, JsonNode own, Input input) {
        if (fork == null || fork.parent.config.isNull() || !input.flag("inheritConfig", true)) {
            return own;
        }
        if (own.isNull()) {
            return fork.parent.config;
        }
        ObjectNode merged = Json.spread(fork.parent.config);
        merged.setAll(Json.spread(own));
        return merged;
    }

    private Answer created(RunRow run, boolean resumed) {
        return Answer.json(
                200,
                Json.object()
                        .put("runId", run.id)
                        .put("number", run.number)
                        .put("displayId", run.displayId())
                        .put("projectName", run.project.name)
                        .put("organizationSlug", run.project.organization.slug())
                        .put("url", table.url(run))
                        .put("resumed", resumed)
                        .put("forkedFromRunId", resumed ? null : run.forkedFromRunId)
                        .put("forkStep", resumed ? null : run.forkStep));
    }
}
