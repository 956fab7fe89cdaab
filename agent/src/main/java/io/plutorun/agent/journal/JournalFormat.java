package io.plutorun.agent.journal;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a journal file, version 1: each a JSON object. What a line is stands in its first field; {@code docs/journal.md} tells
 * the whole format. Unknown fields are passed over, so that a newer agent may add some without a new version.
 */
public final class JournalFormat {

    static final long VERSION = 1;

    /**
     * How long a line may be, in bytes: for who writes and for who reads. A record that is longer is not written, and said to be so; a file
     * with a longer line is no journal.
     */
    static final int MAX_LINE_BYTES = 16 << 20;

    private JournalFormat() {}

    /** A line of a journal. */
    public sealed interface Line {}

    /**
     * The first line: whose journal it is.
     *
     * @param api the API that the settings named when it was written; null where they named none
     * @param origin tells the process and the file from others; null where the system does not
     */
    public record Header(
            @Nullable String api,
            String agentVersion,
            long pid,
            String host,
            @Nullable Origin origin) implements Line {

        public Header(@Nullable String api, String agentVersion, long pid, String host) {
            this(api, agentVersion, pid, host, null);
        }
    }

    /**
     * Where a journal comes from.
     *
     * @param space where its process's number means that process; null where the system does not tell
     * @param born when that process began, in the system's own count
     * @param inode the number of the file itself: a copy has another one
     */
    public record Origin(@Nullable String space, long born, long inode) {}

    /** Something that happened to the run. */
    public record Happened(RunRecord record) implements Line {}

    /**
     * The server has taken the start, and this is what it said. Where it had to be asked again to take the run up, there are several.
     *
     * @param at when, which tells a resume of our own from one by another process
     * @param marked whether the run bears the start's mark: then another mark on it says that another process has taken it up since
     */
    public record StartDelivered(StartedRun run, Instant at, boolean marked) implements Line {

        /** The mark came with the create, and a run that existed before has none. */
        public StartDelivered(StartedRun run, Instant at) {
            this(run, at, !run.resumed());
        }
    }

    /**
     * The server has answered for a record other than the start; they are delivered in order, so a count tells which.
     *
     * @param unanswered with the end: when a request was last left without an answer that may undo the verdict; null where none can
     */
    public record Delivered(long records, @Nullable Instant unanswered) implements Line {

        /** Nothing can undo it. */
        public Delivered(long records) {
            this(records, null);
        }
    }

    /**
     * How far the upload of a file has come.
     *
     * @param file the file's place among the records of files, from 1
     * @param name what it is called on the server, where that is decided
     * @param sha256 its digest, where the name was decided by it
     * @param url where the server takes its bytes, without a key; null where it has not said so
     * @param until how long it does
     * @param settled whether nothing more is to be done about the file
     */
    public record FileState(
            long file,
            String name,
            @Nullable String sha256,
            @Nullable String url,
            Instant until,
            boolean settled) implements Line {

        /** Of a file that nothing was done about. */
        public static FileState of(long file) {
            return new FileState(file, "", null, null, Instant.EPOCH, false);
        }

        /** The same, when the server shall be asked to take the file under a name. */
        public FileState named(String as, @Nullable String digest) {
            return new FileState(file, as, digest, null, Instant.EPOCH, false);
        }

        /** The same, when the server has said where the bytes go. */
        public FileState at(String where, Instant end) {
            return new FileState(file, name, sha256, where, end, false);
        }

        /** The same, when nothing more is to be done. */
        public FileState done() {
            return new FileState(file, name, sha256, null, Instant.EPOCH, true);
        }
    }

    /**
     * The run is not to be delivered any more.
     *
     * @param why for a person
     */
    record Dropped(String why) implements Line {}

    public static String write(Line line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (line instanceof Header header) {
            fields.put("journal", VERSION);
            fields.put("agent", header.agentVersion());
            fields.put("pid", header.pid());
            fields.put("host", header.host());
            fields.put("api", header.api());
            Origin origin = header.origin();
            if (origin != null) {
                fields.put("space", origin.space());
                fields.put("born", origin.born());
                fields.put("inode", origin.inode());
            }
        } else if (line instanceof Happened happened) {
            RecordFormat.write(happened.record(), fields);
        } else if (line instanceof StartDelivered started) {
            writeStarted(started.run(), fields);
            fields.put("at", RecordFormat.written(started.at()));
            fields.put("marked", started.marked());
        } else if (line instanceof Dropped dropped) {
            fields.put("dropped", dropped.why());
        } else if (line instanceof FileState file) {
            fields.put("file", file.file());
            fields.put("name", file.name());
            fields.put("sha256", file.sha256());
            fields.put("url", file.url());
            fields.put("until", file.until().toString());
            fields.put("settled", file.settled());
        } else {
            Delivered delivered = (Delivered) line;
            fields.put("delivered", delivered.records());
            if (delivered.unanswered() != null) {
                fields.put("unanswered", delivered.unanswered().toString());
            }
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
            return new Header(
                    api,
                    RecordFormat.text(fields, "agent"),
                    RecordFormat.number(fields, "pid"),
                    RecordFormat.text(fields, "host"),
                    origin(fields));
        }
        if (fields.get("delivered") instanceof Long records) {
            if (records < 0) {
                throw new MalformedException("it counts less than nothing");
            }
            boolean isUndoable = fields.get("unanswered") != null;
            return new Delivered(records, isUndoable ? RecordFormat.instant(fields, "unanswered") : null);
        }
        if (fields.get("dropped") instanceof String why) {
            return new Dropped(why);
        }
        if (fields.get("file") instanceof Long file) {
            return new FileState(
                    file,
                    RecordFormat.text(fields, "name"),
                    fields.get("sha256") instanceof String digest ? digest : null,
                    fields.get("url") instanceof String url ? url : null,
                    RecordFormat.instant(fields, "until"),
                    Boolean.TRUE.equals(fields.get("settled")));
        }
        if (fields.get("started") instanceof Map<?, ?> run) {
            StartedRun started = readStarted(Json.object(run));
            boolean marked = fields.get("marked") instanceof Boolean said ? said : !started.resumed();
            return new StartDelivered(started, RecordFormat.instant(fields, "at"), marked);
        }
        return new Happened(RecordFormat.read(fields));
    }

    private static @Nullable Origin origin(Map<String, @Nullable Object> fields) {
        String space = fields.get("space") instanceof String text ? text : null;
        return fields.get("born") instanceof Long born && fields.get("inode") instanceof Long inode
                ? new Origin(space, born, inode)
                : null;
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
        long runId = RecordFormat.number(fields, "runId");
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
}
