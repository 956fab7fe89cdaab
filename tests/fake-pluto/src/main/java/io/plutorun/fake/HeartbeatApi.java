package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Python health service: heartbeats, alerts, and the reaper's own trigger. Its errors have shapes of their own.
 *
 * <p>Where the recorded service and the production one differ (the recording used an older validation library), requests are judged
 * as recorded, except numeric alert timestamps, which production accepts.
 */
final class HeartbeatApi {

    /** A heartbeat row is written at most this often per run. */
    private static final Duration COALESCE = Duration.ofSeconds(30);

    private final ApiKeys keys;
    private final RunTable table;
    private final Reaper reaper;

    HeartbeatApi(ApiKeys keys, RunTable table, Reaper reaper) {
        this.keys = keys;
        this.table = table;
        this.reaper = reaper;
    }

    Answer answer(Call call) {
        return switch (call.path()) {
            case "/api/runs/trigger" -> only("POST", call, () -> heartbeat(call));
            case "/api/runs/alert" -> only("POST", call, () -> alert(call));
            case "/api/stale-runs/trigger" -> only("POST", call, this::sweep);
            case "/healthz" -> only("GET", call, HeartbeatApi::health);
            case "/version" -> only("GET", call, HeartbeatApi::version);
            default -> Answer.detail(404, "Not Found");
        };
    }

    private interface Action {
        Answer get();
    }

    private static Answer only(String method, Call call, Action action) {
        return call.method().equals(method) ? action.get() : Answer.detail(405, "Method Not Allowed");
    }

    private Answer heartbeat(Call call) {
        ObjectNode body = body(call);
        Problems problems = new Problems();
        BigInteger runId = problems.runId(body);
        problems.refuseIfAny();
        ApiKey key = key(call);
        return table.locked(() -> {
            RunRow run = run(key, runId);
            Instant now = table.now();
            run.heartbeats++;
            if (run.lastSeen == null || !run.lastSeen.plus(COALESCE).isAfter(now)) {
                run.lastSeen = now;
            }
            if (run.cancelRequested && run.status != RunStatus.CANCELLED) {
                // The request is read, never taken away: it cancels the run again after every resume. No event is
                // written.
                run.status = RunStatus.CANCELLED;
                run.cancelledAt = now;
            }
            ObjectNode answer = Json.object().put("status", run.status.name());
            return Answer.json(200, answer.putNull("triggers"));
        });
    }

    private Answer alert(Call call) {
        ObjectNode body = body(call);
        Problems problems = new Problems();
        BigInteger runId = problems.runId(body);
        JsonNode alert = problems.alert(body);
        problems.refuseIfAny();
        ApiKey key = key(call);
        return table.locked(() -> {
            run(key, runId);
            return alert.hasNonNull("url")
                    ? Answer.detail(500, "Failed to send alert: 302: ")
                    : Answer.json(200, Json.object().put("status", "success"));
        });
    }

    private Answer sweep() {
        try {
            return Answer.json(200, Json.object().put("status", "success").put("failed", reaper.sweep()));
        } catch (IllegalStateException failedSweep) {
            return Answer.detail(500, "Internal Server Error");
        }
    }

    private static Answer health() {
        ObjectNode answer = Json.object().put("status", "ok");
        answer.putObject("heartbeatWrites").put("failing", false);
        return Answer.json(200, answer);
    }

    private static Answer version() {
        return Answer.json(
                200,
                Json.object()
                        .put("service", "py")
                        .put("version", "unknown")
                        .put("gitCommit", "unknown")
                        .put("gitBranch", "unknown")
                        .put("buildTime", "unknown"));
    }

    private ApiKey key(Call call) {
        String header = call.header("Authorization");
        // The HTTP layer has trimmed the header, so "Bearer" alone is what was sent as "Bearer ".
        if (header == null || !(header.equals("Bearer") || header.startsWith("Bearer "))) {
            throw new Refusal(Answer.detail(401, "Authorization header missing or invalid"));
        }
        String secret = header.substring(Math.min(header.length(), "Bearer ".length()));
        if (secret.isEmpty()) {
            throw new Refusal(Answer.detail(401, "Invalid API key format"));
        }
        ApiKey key = keys.findUnexpired(secret);
        if (key == null) {
            throw new Refusal(Answer.detail(401, "Invalid or expired API key for this run"));
        }
        return key;
    }

    private RunRow run(ApiKey key, BigInteger runId) {
        Optional<RunRow> run = runId.bitLength() < Long.SIZE
                ? table.find(key.organization(), runId.longValueExact())
                : Optional.empty();
        return run.orElseThrow(() -> new Refusal(Answer.detail(404, "Run not found")));
    }

    /** What is no JSON object counts as an object without keys, unless it is no JSON at all. */
    private static ObjectNode body(Call call) {
        String contentType = call.header("Content-Type");
        String text = call.body().utf8();
        boolean read =
                contentType == null || contentType.toLowerCase(Locale.ROOT).contains("json");
        if (!read || text.isEmpty()) {
            return Json.object();
        }
        JsonNode body = Json.parse(text).orElseThrow(() -> new Refusal(notJson(text)));
        return body instanceof ObjectNode object ? object : Json.object();
    }

    private static Answer notJson(String text) {
        String message = "Expecting property name enclosed in double quotes";
        ObjectNode context = Json.object().put("msg", message).put("doc", text).put("pos", 1);
        context.put("lineno", 1).put("colno", 2);
        ArrayNode where = Json.array().add("body").add(1);
        ArrayNode problems = Json.array();
        problems.addObject()
                .<ObjectNode>set("loc", where)
                .put("msg", message + ": line 1 column 2 (char 1)")
                .put("type", "value_error.jsondecode")
                .set("ctx", context);
        return Answer.json(422, Json.object().set("detail", problems));
    }

    /** What is wrong with a body, told all together. */
    private static final class Problems {

        private final ArrayNode problems = Json.array();

        void refuseIfAny() {
            if (!problems.isEmpty()) {
                throw new Refusal(Answer.json(422, Json.object().set("detail", problems)));
            }
        }

        private void add(String message, String type, String... where) {
            ArrayNode path = Json.array().add("body");
            for (String part : where) {
                path.add(part);
            }
            problems.addObject()
                    .<ObjectNode>set("loc", path)
                    .put("msg", message)
                    .put("type", type);
        }

        BigInteger runId(ObjectNode body) {
            JsonNode value = body.get("runId");
            if (value == null || value.isNull()) {
                add("field required", "value_error.missing", "runId");
                return BigInteger.ZERO;
            }
            Optional<BigInteger> number = integer(value);
            if (number.isEmpty()) {
                add("value is not a valid integer", "type_error.integer", "runId");
            }
            return number.orElse(BigInteger.ZERO);
        }

        /** Lenient as the recorded validator: fractions are cut, digits in a string count. */
        private static Optional<BigInteger> integer(JsonNode value) {
            if (value.isIntegralNumber()) {
                return Optional.of(value.bigIntegerValue());
            }
            if (value.isNumber() && !Double.isInfinite(value.doubleValue())) {
                return Optional.of(value.decimalValue().toBigInteger());
            }
            if (value.isBoolean()) {
                return Optional.of(value.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
            }
            try {
                return value.isTextual()
                        ? Optional.of(new BigInteger(value.textValue().strip()))
                        : Optional.empty();
            } catch (NumberFormatException notDigits) {
                return Optional.empty();
            }
        }

        JsonNode alert(ObjectNode body) {
            @Nullable JsonNode alert = body.get("alert");
            if (alert == null || alert.isNull()) {
                add("field required", "value_error.missing", "alert");
                return Json.object();
            }
            if (!alert.isObject()) {
                add("value is not a valid dict", "type_error.dict", "alert");
                return Json.object();
            }
            for (Map.Entry<String, JsonNode> entry : alert.properties()) {
                if (entry.getValue().isContainerNode()) {
                    add("str type expected", "type_error.str", "alert", entry.getKey());
                    add("value is not a valid integer", "type_error.integer", "alert", entry.getKey());
                    add("value could not be parsed to a boolean", "type_error.bool", "alert", entry.getKey());
                }
            }
            return alert;
        }
    }
}
