package io.plutorun.agent.cli;

import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.settings.UnusableSettingsException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that the user named, in whose {@code .pluto/jvm} journals lie; {@code .pluto} and {@code .pluto/jvm} name the same. */
final class JournalPlace {

    private static final String OUTER = ".pluto";
    private static final String INNER = "jvm";

    private final String named;

    private JournalPlace(String named) {
        this.named = named;
    }

    /** The place of a folder, as the user wrote it; an empty text is the working directory. */
    static JournalPlace of(String named) {
        return new JournalPlace(named);
    }

    /**
     * The journals that lie there, oldest first.
     *
     * @param withSetAside whether those that could not be delivered before are among them
     * @throws UnusableSettingsException when there is no such folder, or it can't be read; the message says why
     */
    List<Path> journals(boolean withSetAside) throws UnusableSettingsException {
        try {
            Path given = Path.of(named).toAbsolutePath().normalize();
            mustBeReadable(given);
            Path place = holder(given);
            Path folder = place.resolve(OUTER).resolve(INNER);
            for (Path part : List.of(place.resolve(OUTER), folder)) {
                if (Files.exists(part)) {
                    mustBeReadable(part);
                }
            }
            List<Path> journals = new ArrayList<>(JournalStore.journalsBelow(place));
            if (withSetAside) {
                journals.addAll(JournalStore.setAsideBelow(place));
            }
            return journals;
        } catch (IOException | DirectoryIteratorException e) {
            throw new UnusableSettingsException(named + " can't be read (" + e + ")");
        } catch (InvalidPathException e) {
            throw new UnusableSettingsException(named + " is no path of a folder");
        }
    }

    private static void mustBeReadable(Path folder) throws UnusableSettingsException {
        if (!Files.exists(folder)) {
            throw new UnusableSettingsException("there is no folder " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new UnusableSettingsException(folder + " is a file, name the folder that holds .pluto");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new UnusableSettingsException("the folder " + folder + " can't be read by this user");
        }
    }

    /** The folder that holds {@code .pluto}. */
    private static Path holder(Path given) {
        Path outer = given.endsWith(Path.of(OUTER, INNER)) ? given.getParent() : given;
        Path holder = outer != null && outer.endsWith(OUTER) ? outer.getParent() : given;
        return holder == null ? given : holder;
    }
}
