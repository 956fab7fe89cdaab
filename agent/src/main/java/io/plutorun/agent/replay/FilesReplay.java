package io.plutorun.agent.replay;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.files.FileProgress;
import io.plutorun.agent.files.FileUpload;
import io.plutorun.agent.files.FileUpload.Settled;
import io.plutorun.agent.ingest.UploadedRun;
import io.plutorun.agent.journal.JournalContents.FileOfRun;
import io.plutorun.agent.journal.RunRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The delivery of the files that one journal names. */
final class FilesReplay {

    private final PlutoApi api;
    private final RunRecord.Start start;
    private final List<FileOfRun> files;
    private final FileUpload.States states;
    private final Consumer<String> progress;

    /**
     * Makes it.
     *
     * @param files those of the journal, as far as they have come with this server
     * @param states where is kept how far they come
     * @param progress hears how far the upload of a large file has come
     */
    FilesReplay(
            PlutoApi api,
            RunRecord.Start start,
            List<FileOfRun> files,
            FileUpload.States states,
            Consumer<String> progress) {
        this.progress = progress;
        this.api = api;
        this.start = start;
        this.files = files;
        this.states = states;
    }

    /** Whether there are any to deliver. */
    boolean areThere() {
        return files.stream().anyMatch(file -> !file.state().settled());
    }

    /**
     * Sends them all, if there are any.
     *
     * @param journal tells which run they are of
     * @param leftOut hears which are gone
     * @return whether there were any
     * @throws StoppedException when some are left
     */
    boolean deliver(JournalReplay journal, LeftOut leftOut) throws StoppedException, IOException {
        if (!areThere()) {
            return false;
        }
        IngestApi ingest = Requests.ingest(api, "files");
        UploadedRun run = UploadedRun.of(start, journal.runOfValues());
        Map<String, String> names = new HashMap<>();
        FileUpload.addNames(files, names);
        for (FileOfRun file : files) {
            if (!file.state().settled()) {
                RunRecord.File record = file.record();
                LongConsumer sent = new FileProgress(
                        record.size(), done -> progress.accept(record.logName() + ": " + done + " uploaded"));
                FileUpload upload = new FileUpload(api, ingest, run, file, names, states, sent);
                Settled settled = Requests.attempt(new RunRecord.Alive(), upload::attempt);
                if (settled.problem() != null) {
                    leftOut.file(file.record(), settled.problem());
                }
            }
        }
        return true;
    }
}
