package io.plutorun.agent.journal;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a line that says what happened to a run. */
final class RecordFormat {

    /** What lies behind it no clock shows, and milliseconds since 1970 may not hold. */
    private static final Instant END_OF_TIME = Instant.ofEpochSecond(253_402_214_400L); // 9999-12-31T00:00:00Z

    private RecordFormat() {}

    static void write(RunRecord record, Map<String, @Nullable Object> fields) {
        if (record instanceof RunRecord.Start start) {
            fields.put("record", "start");
            fields.put("at", written(start.at()));
            fields.put("target", writeTarget(start.target()));
            fields.put("project", start.project());
            fields.put("name", start.name());
            fields.put("tags", start.tags());
            fields.put("config", start.config());
            fields.put("loggerSettings", start.loggerSettings());
            fields.put("systemMetadata", start.systemMetadata());
            if (start.part().world() > 1) {
                fields.put("rank", start.part().rank());
                fields.put("world", start.part().world());
            }
            if (start.part().isWorker()) {
                fields.put("worker", start.part().worker());
            }
        } else if (record instanceof RunRecord.Tags tags) {
            fields.put("record", "tags");
            fields.put("added", tags.added());
        } else if (record instanceof RunRecord.Config config) {
            fields.put("record", "config");
            fields.put("values", config.values());
        } else if (record instanceof RunRecord.Notes notes) {
            fields.put("record", "notes");
            fields.put("text", notes.text());
        } else if (record instanceof RunRecord.File file) {
            fields.put("record", "file");
            fields.put("logName", file.logName());
            fields.put("fileName", file.fileName());
            fields.put("path", file.path());
            fields.put("size", file.size());
            fields.put("modified", written(file.modified()));
            fields.put("text", file.text());
        } else if (record instanceof RunRecord.OfOtherRun other) {
            fields.put("record", "of other run");
            fields.put("runId", other.runId());
            fields.put("added", other.tags());
            fields.put("values", other.config());
        } else if (record instanceof RunRecord.End end) {
            fields.put("record", "end");
            fields.put("at", written(end.at()));
            fields.put("status", end.status().name());
            fields.put("evidence", end.evidence());
        } else if (record instanceof RunRecord.Left left) {
            fields.put("record", "left");
            fields.put("at", written(left.at()));
        }
    }

    /**
     * As {@link Instant#toString} gives it. That makes the JDK set up its formatters of dates, which takes some milliseconds on the way to a
     * method's first line.
     */
    static String written(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        boolean isFullMinute = time.getSecond() == 0 && time.getNano() == 0; // then its text ends with the minutes
        return time + (isFullMinute ? ":00Z" : "Z");
    }

    static RunRecord read(Map<String, @Nullable Object> fields) throws MalformedException {
        return switch (text(fields, "record")) {
            case "start" ->
                new RunRecord.Start(
                        instant(fields, "at"),
                        readTarget(object(fields, "target")),
                        text(fields, "project"),
                        text(fields, "name"),
                        texts(fields, "tags"),
                        object(fields, "config"),
                        object(fields, "loggerSettings"),
                        object(fields, "systemMetadata"),
                        readPart(fields));
            case "tags" -> new RunRecord.Tags(texts(fields, "added"));
            case "config" -> new RunRecord.Config(object(fields, "values"));
            case "notes" -> new RunRecord.Notes(text(fields, "text"));
            case "file" ->
                new RunRecord.File(
                        text(fields, "logName"),
                        text(fields, "fileName"),
                        fields.get("path") instanceof String path ? path : null,
                        number(fields, "size"),
                        instant(fields, "modified"),
                        fields.get("text") instanceof String text ? text : null);
            case "of other run" ->
                new RunRecord.OfOtherRun(number(fields, "runId"), texts(fields, "added"), object(fields, "values"));
            case "end" -> new RunRecord.End(instant(fields, "at"), status(fields), object(fields, "evidence"));
            case "left" -> new RunRecord.Left(instant(fields, "at"));
            default -> throw new MalformedException("it holds a record that this agent does not know");
        };
    }

    private static RunRecord.Part readPart(Map<String, @Nullable Object> fields) throws MalformedException {
        if (fields.get("worker") instanceof String worker) {
            return new RunRecord.Part(0, 1, worker);
        }
        if (!fields.containsKey("world")) {
            return RunRecord.Part.ALONE;
        }
        long rank = number(fields, "rank");
        long world = number(fields, "world");
        if (rank < 0 || rank >= world || world > Integer.MAX_VALUE) {
            throw new MalformedException("its rank is not one of its world");
        }
        return new RunRecord.Part((int) rank, (int) world);
    }

    private static Map<String, @Nullable Object> writeTarget(Target target) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (target instanceof Target.Create create) {
            fields.put("create", create.externalId());
            fields.put("chosen", create.chosen());
        } else {
            fields.put("resume", ((Target.Resume) target).run().fields());
        }
        return fields;
    }

    private static Target readTarget(Map<String, @Nullable Object> fields) throws MalformedException {
        if (fields.get("create") instanceof String externalId) {
            return new Target.Create(externalId, Boolean.TRUE.equals(fields.get("chosen")));
        }
        Map<String, @Nullable Object> run = object(fields, "resume");
        String project = run.get("projectName") instanceof String name ? name : null;
        if (run.get("runId") instanceof Long runId) {
            return new Target.Resume(new RunReference.ByRunId(runId));
        }
        if (run.get("displayId") instanceof String displayId) {
            return new Target.Resume(new RunReference.ByDisplayId(displayId, project));
        }
        if (run.get("externalId") instanceof String externalId && project != null) {
            return new Target.Resume(new RunReference.ByExternalId(externalId, project));
        }
        throw new MalformedException("its start names no run");
    }

    static String text(Map<String, @Nullable Object> fields, String name) throws MalformedException {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new MalformedException("its field " + name + " is missing, or no text");
    }

    static long number(Map<String, @Nullable Object> fields, String name) throws MalformedException {
        if (fields.get(name) instanceof Long number) {
            return number;
        }
        throw new MalformedException("its field " + name + " is missing, or no number");
    }

    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> fields, String name)
            throws MalformedException {
        if (fields.get(name) instanceof Map<?, ?> object) {
            return Json.object(object);
        }
        throw new MalformedException("its field " + name + " is missing, or no object");
    }

    private static List<String> texts(Map<String, @Nullable Object> fields, String name) throws MalformedException {
        if (!(fields.get(name) instanceof List<?> elements)) {
            throw new MalformedException("its field " + name + " is missing, or no array");
        }
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    static Instant instant(Map<String, @Nullable Object> fields, String name) throws MalformedException {
        try {
            Instant instant = Instant.parse(text(fields, name));
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIME)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new MalformedException("its field " + name + " is no time");
    }

    private static RunStatus status(Map<String, @Nullable Object> fields) throws MalformedException {
        String name = text(fields, "status");
        for (RunStatus status : RunStatus.values()) {
            if (status.name().equals(name) && status != RunStatus.RUNNING) {
                return status;
            }
        }
        throw new MalformedException("its status " + name + " is no verdict");
    }
}
