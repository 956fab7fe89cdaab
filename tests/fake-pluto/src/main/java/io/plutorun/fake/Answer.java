package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What one of the hosts says to a request. */
record Answer(int status, String contentType, String body) {

    static final Answer SUCCESS = json(200, Json.object().put("success", true));
    static final Answer RUN_NOT_FOUND = error(404, "Run not found");
    static final Answer INTERNAL_SERVER_ERROR = error(500, "Internal Server Error");
    static final Answer NO_SUCH_ROUTE = new Answer(404, "text/plain; charset=UTF-8", "404 Not Found");

    static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json", Json.write(body));
    }

    static Answer error(int status, String message) {
        return json(status, Json.object().put("error", message));
    }

    static Answer unauthorized(@Nullable String message) {
        var body = Json.object().put("error", "Unauthorized");
        return json(401, message == null ? body : body.put("message", message));
    }

    /** The heartbeat host's shape. */
    static Answer detail(int status, String message) {
        return json(status, Json.object().put("detail", message));
    }
}
