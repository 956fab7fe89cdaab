package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** The main API: which path leads where, who may pass, and how a body is read. */
final class RunsApi {

    /** The validator's own test: lower case only, parameters allowed. What fails it is a body that is never read. */
    private static final Pattern JSON_CONTENT_TYPE =
            Pattern.compile("application/([a-z\\-.]+\\+)?json(;\\s*[a-zA-Z0-9\\-]+=([^;]+))*");

    private static final Schema RESUME = new Schema(
            Schema.Field.number("runId").optional(),
            Schema.Field.text("displayId").optional(),
            Schema.Field.text("externalId").optional(),
            Schema.Field.text("projectName").optional());

    /** A route behind the key check: its method, and what it does. */
    private record Route(String method, BiFunction<ApiKey, Call, Answer> action) {}

    private final ApiKeys keys;
    private final RunTable table;
    private final UsageStore usage;
    private final RunFinder runs;
    private final ReadRoutes reads;
    private final Map<String, Route> routes;

    RunsApi(
            ApiKeys keys,
            RunTable table,
            TestClock clock,
            UsageStore usage,
            MetricReads metrics,
            FileRoutes files,
            int newProjectRaces) {
        this.keys = keys;
        this.table = table;
        this.usage = usage;
        this.runs = new RunFinder(table);
        this.reads = new ReadRoutes(table, runs);
        UpdateRoutes updates = new UpdateRoutes(table, runs);
        CreateRoute create = new CreateRoute(table, clock, usage, newProjectRaces);
        this.routes = Map.ofEntries(
                Map.entry("/api/runs/create", post(CreateRoute.SCHEMA, create::answer)),
                Map.entry("/api/runs/resume", new Route("POST", this::resume)),
                Map.entry("/api/runs/status/update", post(UpdateRoutes.STATUS, updates::updateStatus)),
                Map.entry("/api/runs/tags/update", post(UpdateRoutes.TAGS, updates::updateTags)),
                Map.entry("/api/runs/config/update", post(UpdateRoutes.CONFIG, updates::updateConfig)),
                Map.entry("/api/runs/notes/update", post(UpdateRoutes.NOTES, updates::updateNotes)),
                Map.entry("/api/runs/logName/add", post(UpdateRoutes.LOG_NAMES, updates::addLogNames)),
                Map.entry("/api/runs/status/history", new Route("GET", reads::history)),
                Map.entry("/api/runs/list", new Route("GET", reads::list)),
                Map.entry("/api/runs/metrics", new Route("GET", metrics::metrics)),
                Map.entry("/api/runs/statistics", new Route("GET", metrics::statistics)),
                Map.entry("/api/runs/metric-names", new Route("GET", metrics::metricNames)),
                Map.entry("/api/runs/files", new Route("GET", files::read)),
                Map.entry("/api/runs/projects", new Route("GET", (key, call) -> reads.projects(key))),
                Map.entry("/api/runs/auth/validate", new Route("GET", (key, call) -> validate(key))),
                Map.entry("/api/slug", new Route("POST", (key, call) -> slug(key))));
    }

    private static Route post(Schema schema, BiFunction<ApiKey, Input, Answer> action) {
        return new Route(
                "POST",
                (key, call) -> action.apply(
                        key, schema.check(body(call).orElseThrow(() -> new Refusal(Answer.INTERNAL_SERVER_ERROR)))));
    }

    /** Empty when the content type is not one that the server reads. */
    private static Optional<JsonNode> body(Call call) {
        String contentType = call.header("Content-Type");
        if (contentType == null || !JSON_CONTENT_TYPE.matcher(contentType).matches()) {
            return Optional.empty();
        }
        return Optional.of(Json.parse(call.text())
                .orElseThrow(() -> new Refusal(Answer.error(400, "Malformed JSON in request body"))));
    }

    Answer answer(Call call) {
        Route route = routes.get(call.path());
        if (route != null) {
            return authenticated(
                    call, key -> route.method.equals(call.method()) ? route.action.apply(key, call) : shortId(call));
        }
        if (!call.method().equals("GET")) {
            return Answer.NO_SUCH_ROUTE;
        }
        Optional<String> displayId = call.partAfter("/api/runs/details/by-display-id/");
        if (displayId.isPresent()) {
            return authenticated(
                    call, key -> reads.detailsByDisplayId(key, displayId.get(), call.query("projectName")));
        }
        Optional<String> id = call.partAfter("/api/runs/details/");
        if (id.isPresent()) {
            return authenticated(call, key -> reads.details(key, id.get()));
        }
        return switch (call.path()) {
            case "/api/health" -> new Answer(200, "text/plain; charset=UTF-8", "OK");
            case "/api/health/ready" -> usage.ready();
            case "/api/version" ->
                Answer.json(
                        200,
                        Json.object()
                                .put("service", "backend")
                                .put("version", "local-harness")
                                .put("gitCommit", "3e890827bc3b6534661d6725eb101ab7cc6eb553")
                                .put("gitBranch", "main")
                                .put("buildTime", "unknown"));
            case "/api/openapi.json" -> Answer.json(200, Json.object().put("openapi", "3.0.0"));
            default -> shortId(call);
        };
    }

    private interface Action {
        Answer apply(ApiKey key);
    }

    private Answer authenticated(Call call, Action action) {
        ApiKeys.Verdict verdict = keys.authenticate(call.header("Authorization"));
        if (verdict instanceof ApiKeys.Refused refused) {
            return Answer.unauthorized(refused.message());
        }
        return action.apply(((ApiKeys.Accepted) verdict).key());
    }

    /** A GET on any one word below /api/runs is taken for a short id and decoded, key or no key. */
    private static Answer shortId(Call call) {
        Optional<String> word = call.partAfter("/api/runs/");
        if (!call.method().equals("GET") || word.isEmpty()) {
            return Answer.NO_SUCH_ROUTE;
        }
        ObjectNode decoded = Json.object();
        Sqids.decode(word.get()).ifPresent(id -> decoded.put("runId", id));
        return Answer.json(200, decoded);
    }

    private Answer resume(ApiKey key, Call call) {
        // Unlike its sisters this route goes on with an empty body when the content type is wrong.
        Optional<JsonNode> body = body(call);
        if (body.isEmpty()) {
            return Answer.RUN_NOT_FOUND;
        }
        Input input = RESUME.check(body.get());
        long identifiers = List.of("runId", "displayId", "externalId").stream()
                .filter(input::has)
                .count();
        if (identifiers != 1) {
            return Schema.custom("Provide exactly one of: runId, displayId, or externalId");
        }
        return table.locked(() -> {
            RunRow run = runs.named(key, input);
            if (run.status.isTerminal()) {
                table.transition(run, RunStatus.RUNNING, "resume", null, null, key);
            }
            ObjectNode answer = identity(run);
            return Answer.json(200, answer.put("resumed", true));
        });
    }

    private ObjectNode identity(RunRow run) {
        return Json.object()
                .put("runId", run.id)
                .put("number", run.number)
                .put("displayId", run.displayId())
                .put("projectName", run.project.name)
                .put("organizationSlug", run.project.organization.slug())
                .put("url", table.url(run));
    }

    private static Answer validate(ApiKey key) {
        ObjectNode answer = Json.object().put("valid", true);
        answer.putObject("organization")
                .put("id", key.organization().slug())
                .put("slug", key.organization().slug());
        answer.putObject("user").put("id", key.organization().userId());
        return Answer.json(200, answer);
    }

    private static Answer slug(ApiKey key) {
        ObjectNode answer = Json.object();
        answer.putObject("organization").put("slug", key.organization().slug());
        return Answer.json(200, answer);
    }
}
