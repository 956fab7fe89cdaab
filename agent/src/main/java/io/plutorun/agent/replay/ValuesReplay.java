package io.plutorun.agent.replay;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.ingest.Upload;
import io.plutorun.agent.ingest.UploadProgress;
import io.plutorun.agent.ingest.UploadSource;
import io.plutorun.agent.ingest.UploadedRun;
import io.plutorun.agent.journal.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The delivery of the values that lie beside one journal. */
final class ValuesReplay {

    private final PlutoApi api;
    private final Duration timeout;
    private final Path folder;

    ValuesReplay(PlutoApi api, Duration timeout, Path folder) {
        this.api = api;
        this.timeout = timeout;
        this.folder = folder;
    }

    /**
     * Sends them all, if there are any.
     *
     * @param start the journal's start; null when it has none, and so no values
     * @param run the run on the server; null when it is not known there
     * @return whether there were any
     * @throws StoppedException when some are left
     */
    boolean deliver(RunRecord.@Nullable Start start, @Nullable StartedRun run) throws StoppedException, IOException {
        if (start == null || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        IngestApi ingest = api.ingest();
        if (ingest == null) {
            throw new StoppedException(
                    "its values are left, since the URL of the ingest service is not known: set" + " PLUTO_URL_INGEST",
                    false);
        }
        if (run == null) {
            throw new StoppedException("its values wait for their run, which is not on the server yet", false);
        }
        try (Upload upload = new Upload(
                api,
                ingest,
                UploadSource.ofLeftBehind(folder),
                UploadedRun.of(start, run),
                timeout,
                (line, answer) -> {})) {
            while (goesOn(Requests.attempt(new RunRecord.Alive(), () -> next(upload)))) {
                // the next request
            }
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Outcome<UploadProgress> next(Upload upload) {
        try {
            UploadProgress progress = upload.next();
            return progress instanceof UploadProgress.Failed failed ? failed.as() : new Outcome.Answer<>(progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean goesOn(UploadProgress progress) throws StoppedException {
        if (progress instanceof UploadProgress.Impossible impossible) {
            throw new StoppedException("its values are left: " + impossible.why(), false);
        }
        if (progress instanceof UploadProgress.Idle) { // nobody writes to them any more
            throw new StoppedException("its values are left: they can't be read to their end", false);
        }
        return progress instanceof UploadProgress.Sent;
    }
}
