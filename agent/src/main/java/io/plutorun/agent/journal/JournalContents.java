package io.plutorun.agent.journal;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.JournalFormat.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal on disk says.
 *
 * @param header whose it is; null when the process died before it had written so much
 * @param records what happened, in order, the start first
 * @param started what the server said of the run; null when the start has not been delivered
 * @param startedAt when the server has last been asked to take the run up; long ago when it has not
 * @param marked whether the run bears the mark of this journal's start
 * @param delivered how many records after the start have been delivered
 * @param unanswered when a request was last left without an answer that may undo the verdict, which is delivered; null where none was
 * @param dropped whether the run is not to be delivered any more
 * @param fileStates how far the uploads of files have come, by the file's place among the records of files
 * @param torn whether the last line was cut off by the writer's death; it is dropped
 * @param wholeBytes how long the journal is without such a line
 */
public record JournalContents(
        JournalFormat.@Nullable Header header,
        List<RunRecord> records,
        @Nullable StartedRun started,
        Instant startedAt,
        boolean marked,
        long delivered,
        @Nullable Instant unanswered,
        boolean dropped,
        Map<Long, JournalFormat.FileState> fileStates,
        boolean torn,
        long wholeBytes) {

    /**
     * A file of the run.
     *
     * @param record what was named
     * @param state how far it has come
     */
    public record FileOfRun(RunRecord.File record, JournalFormat.FileState state) {}

    /** How a journal begins. */
    private static final String FIRST_FIELD = "{\"journal\":";

    private static final String NO_JOURNAL = "line 1: it does not say that it is a journal";

    /** The verdict; null when the process died before it had one. */
    public RunRecord.@Nullable End end() {
        return !records.isEmpty() && records.get(records.size() - 1) instanceof RunRecord.End end ? end : null;
    }

    /** The files that the run's process has named, in order. */
    public List<FileOfRun> files() {
        List<FileOfRun> files = new ArrayList<>();
        for (RunRecord record : records) {
            if (record instanceof RunRecord.File file) {
                long number = files.size() + 1L;
                JournalFormat.FileState state = fileStates.get(number);
                files.add(new FileOfRun(file, state == null ? JournalFormat.FileState.of(number) : state));
            }
        }
        return files;
    }

    /** The same, as for a server that has none of them. */
    public List<FileOfRun> filesForAnother() {
        return files().stream()
                .map(file -> new FileOfRun(
                        file.record(), JournalFormat.FileState.of(file.state().file())))
                .toList();
    }

    /** Whether there is nothing left to deliver, but for files and values. */
    public boolean isDone() {
        return dropped
                || records.isEmpty()
                || hasLeft()
                || (started != null && end() != null && delivered >= records.size() - 1);
    }

    /** Whether its process had more to say: it has neither ended the run nor left it. */
    public boolean isOpen() {
        return !dropped
                && (records.isEmpty() || !records.get(records.size() - 1).isLast());
    }

    /** Whether the process has left the run to others. */
    private boolean hasLeft() {
        return records.get(records.size() - 1) instanceof RunRecord.Left;
    }

    /** Reads a journal. Throws, with a reason for a person, when it is not one. */
    public static JournalContents read(InputStream in) throws IOException, MalformedException {
        JournalFormat.Header header = null;
        List<RunRecord> records = new ArrayList<>();
        StartedRun started = null;
        Instant startedAt = Instant.EPOCH;
        boolean marked = false;
        long delivered = 0;
        Instant unanswered = null;
        boolean dropped = false;
        Map<Long, JournalFormat.FileState> fileStates = new HashMap<>();
        boolean torn = false;
        long wholeBytes = 0;
        for (int number = 1; ; number++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            boolean whole = readLine(in, bytes, number);
            if (!whole) {
                torn = bytes.size() > 0;
                break;
            }
            wholeBytes += bytes.size() + 1;
            Line line = parse(bytes, number);
            if (header == null) {
                if (!(line instanceof JournalFormat.Header first)) {
                    throw new MalformedException(NO_JOURNAL);
                }
                header = first;
            } else if (line instanceof JournalFormat.Happened happened) {
                checkOrder(records, happened.record(), number);
                records.add(happened.record());
            } else if (line instanceof JournalFormat.StartDelivered start) {
                started = start.run();
                startedAt = start.at();
                marked |= start.marked();
            } else if (line instanceof JournalFormat.Delivered some) {
                delivered = some.records();
                unanswered = some.unanswered() == null ? unanswered : some.unanswered();
                if (delivered < 0 || delivered > Math.max(1, records.size() - 1)) {
                    throw new MalformedException(
                            "line " + number + ": more is delivered than was recorded, or less than nothing");
                }
            } else if (line instanceof JournalFormat.FileState state) {
                fileStates.put(state.file(), state);
            } else if (line instanceof JournalFormat.Dropped) {
                dropped = true;
            } else {
                throw new MalformedException("line " + number + ": a second header");
            }
        }
        return new JournalContents(
                header,
                records,
                started,
                startedAt,
                marked,
                delivered,
                unanswered,
                dropped,
                fileStates,
                torn,
                wholeBytes);
    }

    /** The start of the run; null when the process died before it had written so much. */
    public RunRecord.@Nullable Start start() {
        return records.isEmpty() ? null : (RunRecord.Start) records.get(0);
    }

    private static void checkOrder(List<RunRecord> records, RunRecord next, int number) throws MalformedException {
        boolean first = records.isEmpty();
        if (first != next instanceof RunRecord.Start) {
            throw new MalformedException(
                    "line " + number + (first ? ": a record before the start" : ": a second start"));
        }
        if (!first && records.get(records.size() - 1).isLast()) {
            throw new MalformedException("line " + number + ": a record after the end");
        }
    }

    private static Line parse(ByteArrayOutputStream bytes, int number) throws MalformedException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return JournalFormat.read(text);
        } catch (CharacterCodingException e) {
            throw new MalformedException("line " + number + ": it is no UTF-8 text");
        } catch (MalformedException e) {
            throw new MalformedException("line " + number + ": " + e.getMessage());
        }
    }

    /**
     * Reads up to a line break; false when the file ends before one. A file that begins as no journal does is somebody else's. It is told
     * by its first bytes, so that a large one is not read whole, and never counts as a journal that was cut off, which is removed.
     */
    private static boolean readLine(InputStream in, ByteArrayOutputStream line, int number)
            throws IOException, MalformedException {
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (number == 1 && line.size() < FIRST_FIELD.length() && b != FIRST_FIELD.charAt(line.size())) {
                throw new MalformedException(NO_JOURNAL);
            }
            if (b == '\n') {
                return true;
            }
            if (line.size() == JournalFormat.MAX_LINE_BYTES) {
                throw new MalformedException(
                        "line " + number + ": it is longer than " + (JournalFormat.MAX_LINE_BYTES >> 20) + " MiB");
            }
            line.write(b);
        }
        return false;
    }
}
