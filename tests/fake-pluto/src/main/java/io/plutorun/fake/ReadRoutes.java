package io.plutorun.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The routes that show runs and projects. */
final class ReadRoutes {

    private final RunTable table;
    private final RunFinder runs;

    ReadRoutes(RunTable table, RunFinder runs) {
        this.table = table;
        this.runs = runs;
    }

    Answer history(ApiKey key, Call call) {
        double id = Schema.coerced("runId", call.query("runId"));
        return table.locked(() -> {
            RunRow run = runs.run(key, Input.asId(id));
            ObjectNode answer = Json.object().put("runId", run.id);
            ArrayNode events = answer.putArray("events");
            run.events.stream()
                    .sorted(Comparator.comparing(StatusEvent::at))
                    .forEach(event -> events.addObject()
                            .put("id", Long.toString(event.id()))
                            .put("runId", run.id)
                            .put(
                                    "fromStatus",
                                    event.from() == null ? null : event.from().name())
                            .put("toStatus", event.to().name())
                            .put("source", event.source())
                            .<ObjectNode>set("metadata", event.metadata())
                            .put("actorId", event.actorId())
                            .put("apiKeyId", event.apiKeyId())
                            .put("createdAt", Json.iso(event.at())));
            return Answer.json(200, answer);
        });
    }

    Answer details(ApiKey key, String id) {
        double number = Schema.coerced("runId", id);
        return table.locked(() -> Answer.json(200, details(runs.run(key, Input.asId(number)), true)));
    }

    Answer detailsByDisplayId(ApiKey key, String displayId, @Nullable String projectName) {
        return table.locked(() -> Answer.json(
                200, details(runs.byDisplayId(key, displayId, projectName, "Invalid display ID format."), false)));
    }

    private static ObjectNode details(RunRow run, boolean withFork) {
        ObjectNode details = summary(run);
        details.remove("projectName");
        tagsInto(details, run);
        details.set("config", run.config);
        details.set("systemMetadata", run.systemMetadata);
        details.set("loggerSettings", run.loggerSettings);
        details.set("statusMetadata", run.statusMetadata);
        details.put("createdAt", Json.iso(run.createdAt))
                .put("updatedAt", Json.iso(run.updatedAt))
                .put("statusUpdated", Json.iso(run.statusUpdated))
                .put("projectName", run.project.name)
                .put("externalId", run.externalId);
        if (withFork) {
            details.put("forkedFromRunId", run.forkedFromRunId).put("forkStep", run.forkStep);
        }
        ArrayNode logNames = details.putArray("logNames");
        run.logNames
                .values()
                .forEach(name -> logNames.addObject()
                        .put("logName", name.name())
                        .put("logType", name.type())
                        .put("logGroup", name.group()));
        return details;
    }

    /** The first keys of a run, in the order in which a list shows them. */
    private static ObjectNode summary(RunRow run) {
        return Json.object()
                .put("id", run.id)
                .put("name", run.name)
                .put("number", run.number)
                .put("displayId", run.displayId())
                .put("projectName", run.project.name)
                .put("status", run.status.name());
    }

    private static void tagsInto(ObjectNode node, RunRow run) {
        ArrayNode tags = node.putArray("tags");
        run.tags.forEach(tags::add);
    }

    Answer list(ApiKey key, Call call) {
        String project = call.query("projectName");
        String search = call.query("search");
        List<String> tags = commaSeparated(call.query("tags"));
        String limitText = call.query("limit");
        double limit = limitText == null ? 50 : Schema.coerced("limit", limitText);
        return table.locked(() -> {
            List<RunRow> found = new ArrayList<>(table.rows(key.organization()));
            found.removeIf(run -> project != null && !run.project.name.equals(project));
            found.removeIf(run ->
                    search != null && !run.name.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)));
            found.removeIf(run -> !tags.isEmpty() && run.tags.stream().noneMatch(tags::contains));
            found.sort(Comparator.comparing((RunRow run) -> run.createdAt).reversed());
            ObjectNode answer = Json.object();
            ArrayNode shown = answer.putArray("runs");
            found.stream().limit((long) limit).forEach(run -> {
                ObjectNode summary = summary(run);
                tagsInto(summary, run);
                shown.add(summary.put("createdAt", Json.iso(run.createdAt)));
            });
            return Answer.json(200, answer.put("total", found.size()));
        });
    }

    static List<String> commaSeparated(@Nullable String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Pattern.compile(",").splitAsStream(text).map(String::trim).toList();
    }

    Answer projects(ApiKey key) {
        return table.locked(() -> {
            ObjectNode answer = Json.object();
            ArrayNode projects = answer.putArray("projects");
            table.projects(key.organization())
                    .forEach(project -> projects.addObject()
                            .put("id", project.id)
                            .put("name", project.name)
                            .put("createdAt", Json.iso(project.createdAt))
                            .put("updatedAt", Json.iso(project.updatedAt))
                            .put(
                                    "runCount",
                                    table.rows().stream()
                                            .filter(run -> run.project == project)
                                            .count()));
            return Answer.json(200, answer);
        });
    }
}
