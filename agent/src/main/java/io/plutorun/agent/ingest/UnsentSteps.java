package io.plutorun.agent.ingest;

import io.plutorun.agent.journal.JournalDirectory;
import io.plutorun.agent.metrics.LeftBehind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The largest steps of a run that lie unsent in the folders of its other processes, beside one folder of values. */
final class UnsentSteps {

    private final Path values;
    private final String runKey;

    /**
     * Makes it; nothing is read.
     *
     * @param values the folder of values of this process, which is left out
     * @param runKey how the run is known on disk
     */
    UnsentSteps(Path values, String runKey) {
        this.values = values;
        this.runKey = runKey;
    }

    /**
     * Reads them all.
     *
     * @return by name; names whose steps nobody knows yet are not among them
     */
    Map<String, Long> read() throws IOException {
        Map<String, Long> largest = new HashMap<>();
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(values.resolveSibling(""), "*" + JournalDirectory.VALUES_SUFFIX)) {
            for (Path other : beside) {
                if (!other.getFileName().equals(values.getFileName())
                        && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)) {
                    LeftBehind.lastSteps(other, runKey).forEach((name, step) -> largest.merge(name, step, Math::max));
                }
            }
        }
        return largest;
    }
}
