package io.plutorun.agent.replay;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
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

/** The delivery of the values that lie beside one journal. */
final class ValuesReplay {

    private final PlutoApi api;
    private final Duration timeout;
    private final Path folder;
    private final RunRecord.Start start;

    ValuesReplay(PlutoApi api, Duration timeout, Path folder, RunRecord.Start start) {
        this.api = api;
        this.timeout = timeout;
        this.folder = folder;
        this.start = start;
    }

    /** Whether there are any. */
    boolean areThere() {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Sends them all, if there are any.
     *
     * @param journal tells which run they are of
     * @param leftOut hears what can't be delivered
     * @return whether there were any
     * @throws StoppedException when some are left
     */
    boolean deliver(JournalReplay journal, LeftOut leftOut) throws StoppedException, IOException {
        if (!areThere()) {
            return false;
        }
        IngestApi ingest = Requests.ingest(api, "values");
        UploadedRun run = UploadedRun.of(start, journal.runOfValues());
        try (Upload upload = new Upload(api, ingest, UploadSource.ofLeftBehind(folder, run), run, timeout, leftOut)) {
            UploadProgress progress;
            do {
                progress = Requests.attempt(new RunRecord.Alive(), () -> next(upload));
            } while (goesOn(progress));
            if (progress instanceof UploadProgress.Finished finished) {
                leftOut.damaged(finished.damaged());
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
