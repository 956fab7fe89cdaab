package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plutorun.fake.ingest.IngestStore;
import io.plutorun.fake.storage.ObjectStorage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The two routes of files: the ingest host's, which makes rows and signs URLs, and the API's, which reads the rows back. */
final class FileRoutes {

    private static final int MAX_BODY = 2 << 20;
    private static final int MAX_ROWS = 1000;

    /** As the database writes its DateTime64(3). */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ObjectStorage storage;
    private final Map<IngestStore.Place, List<FileRow>> rows = new LinkedHashMap<>();

    FileRoutes(ObjectStorage storage) {
        this.storage = storage;
    }

    /** What the JSON extractor says before the key is looked at; empty where the body has the right shape. */
    static Optional<Answer> refusal(Call call) {
        String type = call.header("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return Optional.of(plain(415, "Expected request with `Content-Type: application/json`"));
        }
        if (call.body().size() > MAX_BODY) {
            return Optional.of(plain(413, "length limit exceeded"));
        }
        Optional<JsonNode> body = Json.parse(call.text());
        if (body.isEmpty()) {
            return Optional.of(plain(400, "Failed to parse the request body as JSON"));
        }
        return body.get().path("files").isArray() && isWellFormed(body.get().path("files"))
                ? Optional.empty()
                : Optional.of(plain(422, "Failed to deserialize the JSON body into the target type"));
    }

    private static boolean isWellFormed(JsonNode files) {
        for (JsonNode file : files) {
            boolean texts =
                    file.path("fileName").isTextual() && file.path("logName").isTextual();
            boolean type = file.path("fileType").isTextual()
                    || file.path("fileType").path("custom").isTextual();
            boolean numbers =
                    isUnsigned(file.path("fileSize")) && isUnsigned(file.path("step")) && isUnsigned(file.path("time"));
            if (!texts || !type || !numbers) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnsigned(JsonNode number) {
        return number.isIntegralNumber() && number.bigIntegerValue().signum() >= 0;
    }

    private static Answer plain(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text);
    }

    /** Makes a row for each file, whether it has one or not, and says where the bytes go. */
    synchronized Answer take(IngestStore.Place place, Call call) {
        ObjectNode answer = Json.object();
        for (JsonNode file : Json.parse(call.text()).orElseThrow().path("files")) {
            FileRow row = new FileRow(
                    file.path("logName").asText(),
                    file.path("fileName").asText(),
                    file.path("fileType").asText(),
                    file.path("fileSize").asLong(),
                    file.path("step").asLong(),
                    file.path("time").asLong());
            rows.computeIfAbsent(place, any -> new ArrayList<>()).add(row);
            ArrayNode ofName =
                    answer.has(row.logName()) ? (ArrayNode) answer.get(row.logName()) : answer.putArray(row.logName());
            ofName.addObject().put(row.fileName(), storage.sign("PUT", key(place, row)));
        }
        return Answer.json(200, answer);
    }

    static String key(IngestStore.Place place, FileRow row) {
        return place.organization() + "/" + place.project() + "/" + place.runId() + "/" + row.logName() + "/"
                + row.fileName();
    }

    /** Reads the rows back. */
    Answer read(ApiKey key, Call call) {
        Query query = new Query(call);
        double runId = query.number("runId");
        String project = query.text("projectName");
        query.check();
        IngestStore.Place place = new IngestStore.Place(key.organization().slug(), (long) runId, project);
        ObjectNode answer = Json.object();
        ArrayNode files = answer.putArray("files");
        String logName = call.query("logName");
        at(place).stream()
                .filter(row -> logName == null || row.logName().equals(logName))
                .sorted(Comparator.comparing(FileRow::step))
                .limit(MAX_ROWS)
                .forEach(row -> files.addObject()
                        .put("fileName", row.fileName())
                        .put("fileType", row.fileType())
                        .put("fileSize", row.fileSize())
                        .put("logName", row.logName())
                        .put("logGroup", row.logName().replaceAll("/?[^/]*$", ""))
                        .put("time", TIME.format(Instant.ofEpochMilli(row.time())))
                        .put("step", row.step())
                        .put("url", storage.sign("GET", key(place, row))));
        return Answer.json(200, answer);
    }

    synchronized List<FileRow> at(IngestStore.Place place) {
        return List.copyOf(rows.getOrDefault(place, List.of()));
    }
}
