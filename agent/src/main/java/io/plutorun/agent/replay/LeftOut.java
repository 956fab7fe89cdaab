package io.plutorun.agent.replay;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.ingest.Upload;
import io.plutorun.agent.journal.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** What of a journal and its values could not be delivered, although all else was. */
final class LeftOut implements Upload.Listener {

    private final boolean isLastLineCutOff;
    private long damaged;
    private long refused;
    private String firstRefused = "";
    private final List<String> files = new ArrayList<>();

    /**
     * Nothing but perhaps the last record.
     *
     * @param isLastLineCutOff whether the journal's last line was cut off when its process died
     */
    LeftOut(boolean isLastLineCutOff) {
        this.isLastLineCutOff = isLastLineCutOff;
    }

    @Override
    public void lineRefused(String line, Outcome<?> answer) {
        if (refused++ == 0) {
            firstRefused = line + " (" + answer.words() + ")";
        }
    }

    /** A file is gone, or has been changed. */
    void file(RunRecord.File file, String why) {
        files.add("the file " + (file.path() == null ? file.fileName() : file.path()) + " (" + why + ")");
    }

    /** Some values were found damaged on disk. */
    void damaged(long values) {
        damaged = values;
    }

    /** For a person; empty when nothing was left out. */
    String words() {
        List<String> words = new ArrayList<>();
        if (isLastLineCutOff) {
            words.add("a last line that was cut off");
        }
        if (damaged > 0) {
            words.add(damaged + (damaged == 1 ? " value that was" : " values that were") + " cut off or damaged");
        }
        if (refused > 0) {
            words.add(refused
                    + (refused == 1
                            ? " value that the server refuses: "
                            : " values that the server refuses, the first: ")
                    + firstRefused);
        }
        words.addAll(files);
        return String.join("; ", words);
    }
}
