package io.plutorun.agent.journal;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a journal file, version 1: each a JSON object. What a line is stands in its first field; {@code docs/journal.md} tells
 * the whole format. Unknown fields are passed over, so that a newer agent may add some without a new version.
 */
public final class JournalFormat {

    static final long VERSION = 1;

    /** What lies behind it no clock shows, and milliseconds since 1970 may not hold. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private JournalFormat() {}

    /** A line of a journal. */
    public sealed interface Line {}

    /**
     * The first line: whose journal it is.
     *
     * @param api the API that the settings named when it was written; null where they named none
     */
    public record Header(@Nullable String api, String agentVersion, long pid, String host) implements Line {}

    /** Something that happened to the run. */
    public record Happened(RunRecord record) implements Line {}

    /**
     * The server has taken the start, and this is what it said. Where it had to be asked again to take the run up, there are several.
     *
     * @param at when, which tells a resume of our own from one by another process
     */
    public record StartDelivered(StartedRun run, Instant at) implements Line {}

    /** The server has answered for a record other than the start; they are delivered in order, so a count tells which. */
    public record Delivered(long records) implements Line {}

    /**
     * The run is not to be delivered any more.
     *
     * @param why for a person
     */
    record Dropped(String why) implements Line {}

    /** A line that is not of this format; the message is for a person. */
    public static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1;

        private static final int MAX_CHARACTERS = 300;

        public MalformedException(String message) {
            super(message.length() <= MAX_CHARACTERS ? message : message.substring(0, MAX_CHARACTERS) + "…");
        }
    }

    public static String write(Line line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (line instanceof Header header) {
            fields.put("journal", VERSION);
            fields.put("agent", header.agentVersion());
            fields.put("pid", header.pid());
            fields.put("host", header.host());
            fields.put("api", header.api());
        } else if (line instanceof Happened happened) {
            writeRecord(happened.record(), fields);
        } else if (line instanceof StartDelivered started) {
            writeStarted(started.run(), fields);
            fields.put("at", started.at().toString());
        } else if (line instanceof Dropped dropped) {
            fields.put("dropped", dropped.why());
        } else {
            fields.put("delivered", ((Delivered) line).records());
        }
        return Json.write(fields);
    }

    static Line read(String text) throws MalformedException {
        Map<String, @Nullable Object> fields;
        try {
            fields = Json.parseObject(text);
        } catch (Json.SyntaxException e) {
            throw new MalformedException("it is no JSON object (" + e.getMessage() + ")");
        }
        if (fields.get("journal") instanceof Long version) {
            if (version != VERSION) {
                throw new MalformedException(
                        "its format is version " + version + ", this agent reads version " + VERSION);
            }
            String api = fields.get("api") instanceof String url ? url : null;
            return new Header(api, text(fields, "agent"), number(fields, "pid"), text(fields, "host"));
        }
        if (fields.get("delivered") instanceof Long records) {
            if (records < 0) {
                throw new MalformedException("it counts less than nothing");
            }
            return new Delivered(records);
        }
        if (fields.get("dropped") instanceof String why) {
            return new Dropped(why);
        }
        if (fields.get("started") instanceof Map<?, ?> run) {
            return new StartDelivered(readStarted(Json.object(run)), instant(fields, "at"));
        }
        return new Happened(readRecord(fields));
    }

    private static void writeRecord(RunRecord record, Map<String, @Nullable Object> fields) {
        if (record instanceof RunRecord.Start start) {
            fields.put("record", "start");
            fields.put("at", start.at().toString());
            fields.put("target", writeTarget(start.target()));
            fields.put("project", start.project());
            fields.put("name", start.name());
            fields.put("tags", start.tags());
            fields.put("config", start.config());
            fields.put("loggerSettings", start.loggerSettings());
            fields.put("systemMetadata", start.systemMetadata());
            if (start.part().hasOthers()) {
                fields.put("rank", start.part().rank());
                fields.put("world", start.part().world());
            }
        } else if (record instanceof RunRecord.Tags tags) {
            fields.put("record", "tags");
            fields.put("added", tags.added());
        } else if (record instanceof RunRecord.Config config) {
            fields.put("record", "config");
            fields.put("values", config.values());
        } else if (record instanceof RunRecord.End end) {
            fields.put("record", "end");
            fields.put("at", end.at().toString());
            fields.put("status", end.status().name());
            fields.put("evidence", end.evidence());
        } else if (record instanceof RunRecord.Left left) {
            fields.put("record", "left");
            fields.put("at", left.at().toString());
        }
    }

    private static RunRecord readRecord(Map<String, @Nullable Object> fields) throws MalformedException {
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
            case "end" -> new RunRecord.End(instant(fields, "at"), status(fields), object(fields, "evidence"));
            case "left" -> new RunRecord.Left(instant(fields, "at"));
            default -> throw new MalformedException("it holds a record that this agent does not know");
        };
    }

    private static RunRecord.Part readPart(Map<String, @Nullable Object> fields) throws MalformedException {
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

    private static void writeStarted(StartedRun run, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> started = new LinkedHashMap<>();
        started.put("runId", run.runId());
        started.put("number", run.number().isPresent() ? run.number().getAsLong() : null);
        started.put("displayId", run.displayId());
        started.put("project", run.project());
        started.put("organization", run.organization());
        started.put("url", run.url());
        started.put("resumed", run.resumed());
        fields.put("started", started);
    }

    private static StartedRun readStarted(Map<String, @Nullable Object> fields) throws MalformedException {
        long runId = number(fields, "runId");
        if (runId <= 0) {
            throw new MalformedException("its runId is none");
        }
        return new StartedRun(
                runId,
                fields.get("number") instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty(),
                fields.get("displayId") instanceof String id ? id : null,
                fields.get("project") instanceof String project ? project : null,
                fields.get("organization") instanceof String organization ? organization : null,
                fields.get("url") instanceof String url ? url : null,
                Boolean.TRUE.equals(fields.get("resumed")));
    }

    private static String text(Map<String, @Nullable Object> fields, String name) throws MalformedException {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new MalformedException("its field " + name + " is missing, or no text");
    }

    private static long number(Map<String, @Nullable Object> fields, String name) throws MalformedException {
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

    private static Instant instant(Map<String, @Nullable Object> fields, String name) throws MalformedException {
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
