package io.plutorun.agent.journal;

import io.plutorun.agent.host.CurrentUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the folder that journals go to: the place that the user named, or the working directory; where that can't be written, the
 * user's cache directory, then the temporary one, and one line says which.
 */
final class FolderChoice {

    private FolderChoice() {}

    /**
     * The first candidate that can be written.
     *
     * @param candidates folders that hold {@code .pluto}; each is asked for only when the ones before it can't be used, since a path may
     *     not even be representable, as one that is not ASCII in the C locale
     * @param tell hears which one is used when it is not the first, or that there is none
     * @return null when none can be written
     */
    static @Nullable JournalDirectory choose(List<Supplier<@Nullable Path>> candidates, Consumer<String> tell) {
        List<String> reasons = new ArrayList<>();
        for (Supplier<@Nullable Path> candidate : candidates) {
            String name = "a folder";
            try {
                Path place = candidate.get();
                if (place == null) {
                    continue;
                }
                JournalDirectory folder = JournalDirectory.below(place);
                name = folder.path().toString();
                folder.prepare();
                if (!reasons.isEmpty()) {
                    tell.accept("runs are recorded in " + folder.path() + ", since they can't be in "
                            + String.join(", nor in ", reasons));
                }
                return folder;
            } catch (IOException | RuntimeException e) {
                reasons.add(name + " (" + e.getMessage() + ")");
            }
        }
        tell.accept(
                "runs can't be recorded on disk, so what the server does not get before the JVM ends is lost: not in "
                        + String.join(", nor in ", reasons) + "; set PLUTO_DIR to a folder that can be written");
        return null;
    }

    static List<Supplier<@Nullable Path>> candidates(
            Path place, Supplier<@Nullable Path> cache, @Nullable String temporary) {
        List<Supplier<@Nullable Path>> candidates = new ArrayList<>();
        candidates.add(() -> place);
        candidates.add(cache);
        if (temporary != null) {
            candidates.add(
                    () -> Path.of(temporary, "pluto-" + CurrentUser.name())); // the temporary folder is everybody's
        }
        return candidates;
    }
}
