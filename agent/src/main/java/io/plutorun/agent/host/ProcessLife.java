package io.plutorun.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process as others can know it again: by its number, which is given out again later, and by when it began.
 *
 * @param pid its number
 * @param began when it began, as the operating system tells it
 */
public record ProcessLife(long pid, Instant began) {

    /** The beginning is reckoned from that of the machine, which moves a little when the clock is set. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** A chain of parents that is longer is a circle. */
    private static final int MAX_ANCESTORS = 1000;

    /** This process; empty where the system does not tell when it began. */
    public static Optional<ProcessLife> own() {
        return of(ProcessHandle.current());
    }

    /** The parent of this process, its parent, and so on, as far as they are alive. */
    public static List<ProcessLife> ancestors() {
        List<ProcessLife> ancestors = new ArrayList<>();
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        while (parent.isPresent() && ancestors.size() < MAX_ANCESTORS) {
            of(parent.get()).ifPresent(ancestors::add);
            parent = parent.get().parent();
        }
        return ancestors;
    }

    /** Where it works; null where the system does not tell. */
    @Nullable
    public Path workingDirectory() {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd"));
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Whether it goes on. */
    public boolean isAlive() {
        return ProcessHandle.of(pid).flatMap(ProcessLife::of).filter(this::is).isPresent();
    }

    /** Whether both are the same process. */
    public boolean is(ProcessLife other) {
        return pid == other.pid && Duration.between(began, other.began).abs().compareTo(SLACK) <= 0;
    }

    private static Optional<ProcessLife> of(ProcessHandle process) {
        return process.isAlive()
                ? process.info().startInstant().map(began -> new ProcessLife(process.pid(), began))
                : Optional.empty();
    }
}
