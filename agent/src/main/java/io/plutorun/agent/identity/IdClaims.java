package io.plutorun.agent.identity;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that an id which the environment of a process names is one call's: the first of the process takes it, and no process that
 * has inherited the environment from one that took it. Ranks of one launcher, and a job that is started again, are no such children.
 */
public final class IdClaims {

    /** Who has taken an id that this process has taken itself. */
    static final String THIS_PROCESS = "an earlier call of this process";

    private final Set<String> here = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean cleaned = new AtomicBoolean();
    private final Supplier<@Nullable Path> folder;
    private final Supplier<String> host;

    /**
     * Makes the claims of this process.
     *
     * @param folder where the journals lie; null where they can't be written
     * @param host this machine's name
     */
    public IdClaims(Supplier<@Nullable Path> folder, Supplier<String> host) {
        this.folder = folder;
        this.host = host;
    }

    /**
     * Takes an id.
     *
     * @return who has taken it before, for a person; empty when it is this call's now
     */
    Optional<String> take(String id) {
        if (!here.add(id)) {
            return Optional.of(THIS_PROCESS);
        }
        Path journals = folder.get();
        if (journals == null) {
            return Optional.empty();
        }
        ClaimedIdFiles marks = new ClaimedIdFiles(journals, host.get());
        if (cleaned.compareAndSet(false, true)) {
            marks.removeThoseOfDeadProcesses();
        }
        OptionalLong ancestor = marks.claimedByAncestor(id);
        if (ancestor.isPresent()) {
            return Optional.of("process " + ancestor.getAsLong() + ", which started this one");
        }
        marks.claim(id);
        return Optional.empty();
    }
}
