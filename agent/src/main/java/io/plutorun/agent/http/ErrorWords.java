package io.plutorun.agent.http;

import io.plutorun.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's own words out of an error's body. There are five shapes: {@code {"error": text}}, with a {@code message} beside it where
 * a key was rejected; {@code {"error": {"issues": […]}}} where the request did not fit the schema; {@code {"detail": …}} from the
 * heartbeat service; {@code {"code": …, "message": …}} from the ingest service; and plain text.
 */
final class ErrorWords {

    private static final int MAX_CHARACTERS = 300;
    private static final int MAX_ISSUES = 3;

    private ErrorWords() {}

    static String of(int status, String body) {
        String words = words(body);
        return words.isBlank() ? "without a reason" : shorten(words.strip());
    }

    private static String words(String body) {
        Object parsed;
        try {
            parsed = Json.parse(body);
        } catch (Json.SyntaxException e) {
            return looksLikeMarkup(body) ? "an HTML page instead of an answer of Pluto's" : body;
        }
        Map<String, @Nullable Object> fields = Json.object(parsed);
        Object error = fields.get("error");
        if (error instanceof String text) {
            return fields.get("message") instanceof String message ? text + ": " + message : text;
        }
        if (error instanceof Map<?, ?>) {
            return issues(Json.object(error).get("issues"), "path", "message");
        }
        if (fields.get("code") instanceof String && fields.get("message") instanceof String message) {
            return message;
        }
        Object detail = fields.get("detail");
        return detail instanceof String text ? text : issues(detail, "loc", "msg");
    }

    private static String issues(@Nullable Object issues, String where, String what) {
        List<String> texts = new ArrayList<>();
        if (issues instanceof List<?> list) {
            for (Object issue : list) {
                Map<String, @Nullable Object> fields = Json.object(issue);
                if (texts.size() < MAX_ISSUES) {
                    texts.add(path(fields.get(where)) + fields.get(what));
                }
            }
        }
        return String.join("; ", texts);
    }

    private static String path(@Nullable Object path) {
        if (!(path instanceof List<?> names) || names.isEmpty()) {
            return "";
        }
        List<String> texts = new ArrayList<>();
        names.forEach(name -> texts.add(String.valueOf(name)));
        return String.join(".", texts) + ": ";
    }

    static boolean looksLikeMarkup(String body) {
        return body.stripLeading().startsWith("<");
    }

    private static String shorten(String words) {
        return words.length() <= MAX_CHARACTERS ? words : words.substring(0, MAX_CHARACTERS) + "…";
    }
}
