package io.plutorun.agent.files;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StoredFile;
import io.plutorun.agent.http.HttpBody;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.ingest.UploadedRun;
import io.plutorun.agent.journal.JournalContents.FileOfRun;
import io.plutorun.agent.journal.JournalFormat.FileState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings one file to the server, one attempt a call, from whatever was reached before, be it by another process. A file's row comes before
 * its bytes, and rows are never made one; so a new row is asked for only where the old one's bytes can't be sent any more.
 *
 * <p>Used by one thread at a time.
 */
public final class FileUpload {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /** The server's URLs take bytes for an hour from when they were made. */
    private static final Duration MAX_AGE_OF_URL = Duration.ofMinutes(50);

    private static final int FORBIDDEN = 403;
    private static final String SAME_BYTES = "";

    /** Keeps how far the upload has come, where a later process finds it. */
    public interface States {
        void keep(FileState state) throws IOException;
    }

    /**
     * What became of a file that nothing more is to be done about.
     *
     * @param problem why it was not uploaded, for a person; null where it was
     */
    public record Settled(@Nullable String problem) {}

    private final PlutoApi api;
    private final IngestApi ingest;
    private final UploadedRun run;
    private final FileOfRun file;
    private final Map<String, String> names;
    private final States states;
    private final LongConsumer progress;
    private final FileContent content;
    private FileState state;
    private boolean isRegistered;
    private boolean wasAskedFor;

    /**
     * Makes an upload; nothing is read, and no request is made.
     *
     * @param run the run that the file is of
     * @param names what the files of the run are called until now, with the digests of those that have arrived; the upload adds its own
     * @param states where its own state is kept
     * @param progress hears how many bytes have been sent
     */
    public FileUpload(
            PlutoApi api,
            IngestApi ingest,
            UploadedRun run,
            FileOfRun file,
            Map<String, String> names,
            States states,
            LongConsumer progress) {
        this.api = api;
        this.ingest = ingest;
        this.run = run;
        this.file = file;
        this.names = names;
        this.states = states;
        this.progress = progress;
        this.content = new FileContent(file.record());
        this.state = file.state();
        this.wasAskedFor = !state.name().isEmpty();
    }

    /** Adds the names of the files that were uploaded before, or are to be. */
    public static void addNames(List<FileOfRun> files, Map<String, String> names) {
        for (FileOfRun known : files) {
            String digest = known.state().sha256();
            if (!known.state().name().isEmpty()) {
                names.put(
                        key(known.record().logName(), known.state().name()),
                        digest == null || !known.state().settled() ? "" : digest);
            }
        }
    }

    private static String key(String logName, String fileName) {
        return logName + "\n" + fileName;
    }

    /** Tries to bring it there. Any outcome but an answer means that it has not arrived, and may be tried again. */
    public Outcome<Settled> attempt() {
        try {
            return content.problem() == null ? send() : settled(content.problem());
        } catch (IOException e) {
            return settled("it can't be read (" + e.getMessage() + ")");
        }
    }

    private Outcome<Settled> send() throws IOException {
        if (!IngestApi.canName(run.project())) {
            return new Outcome.Rejected<>(
                    0,
                    "the ingest service takes no project whose name is not printable ASCII, as \"" + run.project()
                            + "\" is not",
                    null);
        }
        String digest = content.sha256();
        if (digest == null) {
            return settled(content.problem());
        }
        if (state.name().isEmpty()) {
            Outcome<String> chosen = choose(digest);
            if (!(chosen instanceof Outcome.Answer<String> name)) {
                return chosen.map(FileUpload::never);
            }
            if (name.value().equals(SAME_BYTES)) {
                return settled(null);
            }
            names.put(key(logName(), name.value()), "");
            state = state.named(name.value(), digest);
        }
        if (!isRegistered) {
            String type = FileNames.logType(FileNames.extension(state.name()));
            Outcome<Boolean> registered = api.registerNames(run.id(), List.of(logName()), type, REQUEST_TIMEOUT);
            if (!(registered instanceof Outcome.Answer<Boolean>)) {
                return registered.map(FileUpload::never);
            }
            isRegistered = true;
        }
        return put();
    }

    private Outcome<Settled> put() {
        boolean isFresh = false;
        while (true) {
            String url = state.url();
            if (url == null || state.until().isBefore(Instant.now())) {
                if (wasAskedFor && hasArrived()) {
                    return settled(null);
                }
                wasAskedFor = true;
                Outcome<URI> asked = ask();
                if (!(asked instanceof Outcome.Answer<URI> answer)) {
                    return asked.map(FileUpload::never);
                }
                isFresh = true;
                url = answer.value().toString();
                state = state.at(url, Instant.now().plus(MAX_AGE_OF_URL));
                keep();
            }
            String type = FileNames.contentType(FileNames.extension(state.name()));
            HttpBody body = HttpBody.of(type, content.size(), out -> content.writeTo(out, progress));
            Outcome<Boolean> put = ingest.put(URI.create(url), body);
            if (put instanceof Outcome.Answer<Boolean>) {
                return settled(null);
            }
            if (content.problem() != null) {
                return settled(content.problem());
            }
            boolean isTooOld = put instanceof Outcome.Rejected<Boolean> rejected && rejected.status() == FORBIDDEN;
            if (isTooOld) {
                state = state.named(state.name(), state.sha256());
            }
            if (!isTooOld || isFresh) {
                return put.map(FileUpload::never);
            }
        }
    }

    /** Whether the bytes have arrived before, and only the answer to them was lost: for there is a row already. */
    private boolean hasArrived() {
        return stored() instanceof Outcome.Answer<List<StoredFile>> answer
                && answer.value().stream()
                        .anyMatch(row -> row.fileName().equals(state.name())
                                && row.size() == content.size()
                                && !row.url().isEmpty()
                                && ingest.isThere(URI.create(row.url()), content.size()));
    }

    /** Asks where the bytes go. */
    private Outcome<URI> ask() {
        keep();
        String extension = FileNames.extension(state.name());
        return ingest.upload(
                run.id(),
                run.project(),
                new StoredFile(logName(), state.name(), content.size(), ""),
                extension.isEmpty() ? "bin" : extension,
                file.record().modified().toEpochMilli(),
                REQUEST_TIMEOUT);
    }

    /** What it shall be called: as it is, unless other bytes are called so. Nothing where these bytes have arrived under that name. */
    private Outcome<String> choose(String digest) {
        String plain = file.record().fileName();
        String taken = names.get(key(logName(), plain));
        if (taken == null && run.resumed()) {
            return stored().map(rows -> {
                boolean isFree = rows.stream().noneMatch(row -> row.fileName().equals(plain));
                return new Outcome.Answer<>(isFree ? plain : FileNames.with(plain, digest));
            });
        }
        String name = taken == null || digest.equals(taken) ? plain : FileNames.with(plain, digest);
        return new Outcome.Answer<>(digest.equals(names.get(key(logName(), name))) ? SAME_BYTES : name);
    }

    private Outcome<List<StoredFile>> stored() {
        return api.files(run.id(), run.project(), logName(), REQUEST_TIMEOUT);
    }

    private Outcome<Settled> settled(@Nullable String problem) {
        String digest = state.sha256();
        if (problem == null && digest != null) {
            names.put(key(logName(), state.name()), digest);
        }
        state = state.done();
        keep();
        return new Outcome.Answer<>(new Settled(problem));
    }

    /** Where the disk takes no mark, sending goes on: a later process may send the same once more. */
    private void keep() {
        try {
            states.keep(state);
        } catch (IOException e) {
            // that the disk refuses what is written is told by who writes the records
        }
    }

    private String logName() {
        return file.record().logName();
    }

    private static <T> Outcome<T> never(Object answer) {
        return new Outcome.Unreachable<>("no failure: " + answer);
    }
}
