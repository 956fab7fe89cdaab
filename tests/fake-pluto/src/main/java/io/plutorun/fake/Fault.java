package io.plutorun.fake;

import io.plutorun.fake.ingest.IngestProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with one request. Made by the factories here, put in place by {@link FaultPlan}.
 *
 * <p>Except where a factory says otherwise the request is processed as usual, and only its answer suffers.
 */
public sealed interface Fault {

    /** The answer comes this much later, in real time; the request is processed when the wait is over. */
    static Fault delay(Duration wait) {
        return new Delay(wait);
    }

    /** The request takes effect at once, and its answer comes this much later, in real time. */
    static Fault lateAnswer(Duration wait) {
        return new LateAnswer(wait);
    }

    /** The request is read, nothing happens, and no answer ever comes. */
    static Fault hang() {
        return new Hang(false);
    }

    /** The request takes effect, and no answer ever comes: what a client's time-out leaves behind. */
    static Fault hangAfterProcessing() {
        return new Hang(true);
    }

    /** Another answer, of type {@code application/json}; the request has no effect. */
    static Fault status(int code, String body) {
        return status(code, Map.of(), "application/json", body);
    }

    /** Another answer; the request has no effect. */
    static Fault status(int code, Map<String, String> headers, String contentType, String body) {
        return new Replaced(code, Map.copyOf(headers), contentType, body, false);
    }

    /** Another answer although the request took effect, as from a gateway that gave up waiting. */
    static Fault statusAfterProcessing(int code, String body) {
        return new Replaced(code, Map.of(), "text/plain", body, true);
    }

    /** A 200 that is not the server's; the request has no effect. */
    static Fault body(String contentType, String body) {
        return status(200, Map.of(), contentType, body);
    }

    /** A 308 to {@code location}; the request has no effect. */
    static Fault redirect(String location) {
        return status(308, Map.of("Location", location), "text/plain", "");
    }

    /** The connection closes without an answer; the request has no effect. */
    static Fault dropBeforeProcessing() {
        return new Drop(false);
    }

    /** The request takes effect, then the connection closes without an answer. */
    static Fault dropAfterProcessing() {
        return new Drop(true);
    }

    /** The right answer, its body in small portions. */
    static Fault slowBody(int bytesPerSecond) {
        return new SlowBody(bytesPerSecond);
    }

    /** The right answer, its body half: the connection closes in the middle. */
    static Fault truncatedBody() {
        return new CutBody(false);
    }

    /** The right answer, its body half: the connection is reset (RST) in the middle. */
    static Fault resetMidAnswer() {
        return new CutBody(true);
    }

    /** The ingest host rejects the key, in the service's own words: 422 on the streams. The request has no effect. */
    static Fault ingestRejectsKey(String reason) {
        return new Ingest(IngestProblem.invalidToken(reason));
    }

    /** The ingest host cannot ask its database about the key: 422 on the streams. The request has no effect. */
    static Fault ingestDatabaseDown() {
        return new Ingest(IngestProblem.databaseDown());
    }

    /**
     * Line {@code number} of the body, counted from 1, is damaged on the way: the lines before it are stored, then a parse error ends
     * the request. A body with fewer lines comes through whole.
     */
    static Fault parseErrorAtLine(int number) {
        return new DamagedLines(number, null);
    }

    /**
     * Every line that holds {@code text} is damaged on the way, in whatever batch it comes: with {@code always} this is a value that the
     * service will never take.
     */
    static Fault parseErrorAtLinesWith(String text) {
        return new DamagedLines(0, text);
    }

    /** Made by {@link #lateAnswer}. */
    record LateAnswer(Duration by) implements Fault {}

    /** Made by {@link #ingestRejectsKey} and {@link #ingestDatabaseDown}. */
    record Ingest(IngestProblem problem) implements Fault {}

    /** Made by {@link #parseErrorAtLine} and {@link #parseErrorAtLinesWith}. */
    record DamagedLines(int number, @Nullable String text) implements Fault {

        Call damage(Call call) {
            String[] lines = call.body().string(StandardCharsets.ISO_8859_1).split("\n", -1);
            String bytes = text == null
                    ? null
                    : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            for (int i = 0; i < lines.length; i++) {
                if (!lines[i].isBlank() && (i + 1 == number || (bytes != null && lines[i].contains(bytes)))) {
                    lines[i] = "#" + lines[i].substring(1);
                }
            }
            return call.withBody(ByteString.encodeString(String.join("\n", lines), StandardCharsets.ISO_8859_1));
        }
    }

    /** Made by {@link #delay}. */
    record Delay(Duration by) implements Fault {}

    /** Made by {@link #hang} and {@link #hangAfterProcessing}. */
    record Hang(boolean processed) implements Fault {}

    /** Made by {@link #status}, {@link #body}, {@link #redirect} and {@link #statusAfterProcessing}. */
    record Replaced(int code, Map<String, String> headers, String contentType, String body, boolean processed)
            implements Fault {}

    /** Made by {@link #dropBeforeProcessing} and {@link #dropAfterProcessing}. */
    record Drop(boolean processed) implements Fault {}

    /** Made by {@link #slowBody}. */
    record SlowBody(int bytesPerSecond) implements Fault {
        public SlowBody {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("bytesPerSecond is " + bytesPerSecond + ", must be positive");
            }
        }
    }

    /** Made by {@link #truncatedBody} and {@link #resetMidAnswer}. */
    record CutBody(boolean reset) implements Fault {}
}
