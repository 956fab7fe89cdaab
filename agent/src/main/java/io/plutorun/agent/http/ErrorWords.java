package io.plutorun.agent.http;

import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, in words. Where there is an answer they are the server's own, out of its body, which has five shapes: {@code {"error": text}}, with a {@code message} beside it where
 * a key was rejected; {@code {"error": {"issues": […]}}} where the request did not fit the schema; {@code {"detail": …}} from the
 * heartbeat service; {@code {"code": …, "message": …}} from the ingest service; and plain text.
 */
final class ErrorWords {

    private static final int MAX_CHARACTERS = 300;
    private static final int MAX_ISSUES = 3;

    private ErrorWords() {}

    /**
     * The words for a request that has no answer.
     *
     * @param host whom it was sent to, with the port
     * @param limitMillis how long an answer may take
     */
    static String of(Exception e, String host, long limitMillis) {
        if (e instanceof UncheckedIOException
                && e.getCause() instanceof IOException cause) { // of the choice of a proxy
            return of(cause, host, limitMillis);
        }
        if (!(e instanceof IOException)) { // what the library makes of an odd answer or certificate
            return "no answer of " + host + " could be read (" + e + ")";
        }
        if (e instanceof UnknownHostException) {
            String unknown = String.valueOf(e.getMessage());
            return unknown.toLowerCase(Locale.ROOT)
                            .contains(host.substring(0, host.lastIndexOf(':')).toLowerCase(Locale.ROOT))
                    ? "the host " + host + " does not resolve"
                    : "the proxy to " + host + " does not resolve (" + unknown + ")";
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return "no connection to " + host + " (" + message(e) + ")";
        }
        if (e instanceof InterruptedIOException) {
            return "no answer from " + host + " within " + limitMillis + " ms";
        }
        if (e instanceof SSLException) {
            return "no trusted connection to " + host + " (" + message(e) + ")";
        }
        return "the connection to " + host + " broke (" + message(e) + ")";
    }

    /** Some exceptions have no message: then their kind says at least something. */
    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** The words of an answer. */
    static String of(String body) {
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
