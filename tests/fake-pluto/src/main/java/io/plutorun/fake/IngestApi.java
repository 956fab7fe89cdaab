package io.plutorun.fake;

import io.plutorun.fake.ingest.IngestCode;
import io.plutorun.fake.ingest.IngestProblem;
import io.plutorun.fake.ingest.IngestStore;
import io.plutorun.fake.ingest.Stream;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ingest host: three streams of lines, and the question for a run's highest step.
 *
 * <p>Whatever goes wrong with a stream is answered 422, a rejected key as well; {@code /step} answers with each error's own status.
 */
final class IngestApi {

    private static final Answer NO_SUCH_PATH = new Answer(404, "text/plain; charset=utf-8", "");
    private static final Answer WRONG_METHOD = new Answer(405, "text/plain; charset=utf-8", "");

    private final ApiKeys keys;
    private final IngestStore store;
    private final IngestAudit audit;
    private final FileRoutes files;
    private final BiConsumer<IngestStore.Place, byte[]> metricsTaken;

    /**
     * Makes it.
     *
     * @param metricsTaken hears what came for metrics
     */
    IngestApi(
            ApiKeys keys,
            IngestStore store,
            IngestAudit audit,
            FileRoutes files,
            BiConsumer<IngestStore.Place, byte[]> metricsTaken) {
        this.keys = keys;
        this.files = files;
        this.store = store;
        this.audit = audit;
        this.metricsTaken = metricsTaken;
    }

    Answer answer(Call call) {
        Optional<Stream> stream = Stream.of(call.path());
        if (stream.isPresent()) {
            return call.method().equals("POST") ? take(stream.get(), call) : WRONG_METHOD;
        }
        return switch (call.path()) {
            case "/files" -> call.method().equals("POST") ? files(call) : WRONG_METHOD;
            case "/step" -> call.method().equals("POST") ? highestStep(call) : WRONG_METHOD;
            case "/health" -> new Answer(200, "text/plain; charset=utf-8", "OK");
            default -> NO_SUCH_PATH;
        };
    }

    private Answer take(Stream stream, Call call) {
        try {
            IngestStore.Place place = place(call);
            byte[] body = call.body().toByteArray();
            IngestStore.Outcome outcome = store.take(stream, place, body);
            if (stream == Stream.METRICS) {
                metricsTaken.accept(place, body);
            }
            audit.stored(place, call.firstHeader("X-Run-Id"), outcome.rows());
            return outcome.problem() == null
                    ? new Answer(
                            200,
                            "text/plain; charset=utf-8",
                            "Stream processed successfully: " + outcome.rows() + " records")
                    : failure(call.path(), outcome.problem());
        } catch (IngestProblem refused) {
            return failure(call.path(), refused);
        }
    }

    private Answer files(Call call) {
        Optional<Answer> refusal = FileRoutes.refusal(call);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            IngestStore.Place place = place(call);
            Answer answer = files.take(place, call);
            audit.stored(place, call.firstHeader("X-Run-Id"), 1);
            return answer;
        } catch (IngestProblem refused) {
            return failure(call.path(), refused);
        }
    }

    private Answer highestStep(Call call) {
        try {
            // The service reads the low half of the database's 64 bits.
            long step = store.at(place(call)).highestStep() & 0xFFFF_FFFFL;
            return Answer.json(200, Json.object().put("step", step));
        } catch (IngestProblem refused) {
            return failure(call.path(), refused);
        }
    }

    /** How {@code path} words this problem. */
    static Answer failure(String path, IngestProblem problem) {
        Optional<Stream> stream = Stream.of(path);
        IngestCode code = stream.isPresent() ? IngestCode.PROCESSING_FAILED : problem.code();
        String message = stream.isPresent() ? problem.streamMessage(stream.get()) : problem.text();
        return Answer.json(code.status(), Json.object().put("code", code.name()).put("message", message));
    }

    private IngestStore.Place place(Call call) throws IngestProblem {
        ApiKey key = keys.ingestKey(call.firstHeader("Authorization"));
        String runId = printable(call, "X-Run-Id");
        String project = printable(call, "X-Project-Name");
        return new IngestStore.Place(key.organization().slug(), runId(runId), project);
    }

    /** A header with anything but printable ASCII counts as missing. */
    private static String printable(Call call, String name) throws IngestProblem {
        String value = call.firstHeader(name);
        if (value == null || !value.chars().allMatch(c -> (c >= ' ' && c < 127) || c == '\t')) {
            throw IngestProblem.missingHeader(name);
        }
        return value;
    }

    /** 0 for everything that is no number. */
    private static long runId(String header) {
        return isRunId(header) ? Long.parseUnsignedLong(header) : 0;
    }

    static boolean isRunId(@Nullable String header) {
        if (header == null || !header.matches("\\+?[0-9]+")) {
            return false;
        }
        try {
            var unused = Long.parseUnsignedLong(header);
            return true;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }
}
