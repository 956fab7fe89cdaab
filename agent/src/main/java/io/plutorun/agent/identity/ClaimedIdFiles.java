package io.plutorun.agent.identity;

import io.plutorun.agent.host.ProcessLife;
import io.plutorun.agent.journal.JournalDirectory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which processes have taken an id that their children inherit: a child must not take its parent's run over. Each leaves a mark beside
 * the journals, a file that names its number and its beginning, and removes it at its end; what a killed one leaves, the next one that
 * takes an id removes.
 *
 * <p>Only for the folder's own machine: a mark tells its host, and other hosts' processes are nobody's ancestors.
 */
public final class ClaimedIdFiles {

    private static final String SUFFIX = ".spent";
    private static final String KIND = "spent";

    private final Path folder;
    private final String host;

    /**
     * Makes the view of a folder.
     *
     * @param folder where the journals lie
     * @param host this machine's name
     */
    public ClaimedIdFiles(Path folder, String host) {
        this.folder = folder;
        this.host = host;
    }

    /**
     * The number of the process that has taken the id, and that this one descends from; empty where there is none. An ancestor may have
     * its journals elsewhere, below its own working directory.
     */
    public OptionalLong claimedByAncestor(String id) {
        List<ProcessLife> ancestors = ProcessLife.ancestors();
        OptionalLong claimer = claimedByOneOf(id, ancestors);
        for (int i = 0; i < ancestors.size() && claimer.isEmpty(); i++) {
            Path theirs = ancestors.get(i).workingDirectory();
            claimer = theirs == null
                    ? claimer
                    : claimedByOneOf(
                            id, ancestors, JournalDirectory.below(theirs).path());
        }
        return claimer;
    }

    OptionalLong claimedByOneOf(String id, List<ProcessLife> ancestors) {
        return claimedByOneOf(id, ancestors, folder);
    }

    /** Looks for the mark that each ancestor would have left: the cost does not grow with the marks in the folder. */
    private OptionalLong claimedByOneOf(String id, List<ProcessLife> ancestors, Path folder) {
        for (ProcessLife ancestor : ancestors) {
            Path mark = folder.resolve(fileName(id, ancestor.pid()));
            Optional<ProcessLife> life = read(mark);
            if (life.isPresent() && life.get().is(ancestor)) {
                return OptionalLong.of(ancestor.pid());
            }
            life.filter(dead -> !dead.isAlive()).ifPresent(dead -> remove(mark));
        }
        return OptionalLong.empty();
    }

    /** Removes the marks that killed processes of this host have left. Looks at every mark, so once a process is enough. */
    public void removeThoseOfDeadProcesses() {
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path mark : marks) {
                read(mark).filter(life -> !life.isAlive()).ifPresent(dead -> remove(mark));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // no folder, no marks
        }
    }

    private static void remove(Path mark) {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            // the next process tries again
        }
    }

    /** Leaves the mark of this process. Where it can't be written, its children take the run over. */
    public void claim(String id) {
        ProcessLife.own().ifPresent(self -> {
            Path mark = folder.resolve(fileName(id, self.pid()));
            try {
                write(mark, self);
                mark.toFile().deleteOnExit();
            } catch (IOException e) {
                // the journals will say that the folder can't be written
            }
        });
    }

    /** Processes of two hosts may have one number, and one folder. */
    private String fileName(String id, long pid) {
        return IdHash.of(host + '\n' + id) + "-" + pid + SUFFIX;
    }

    void write(Path mark, ProcessLife life) throws IOException {
        Files.deleteIfExists(mark); // of a process of the same number, long ago
        new ProcessMark(life, host).create(mark, KIND);
    }

    /** Empty where the mark is another host's, or no mark. */
    private Optional<ProcessLife> read(Path mark) {
        return ProcessMark.read(mark, KIND)
                .filter(read -> read.host().equals(host))
                .map(ProcessMark::life);
    }
}
