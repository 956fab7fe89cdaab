package io.plutorun.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    /** Found out once: it does not change while the JVM lives. */
    private static final class Here {
        private static final @Nullable String SPACE = findSpace();
    }

    /** Apart, since it is on the way to the first line. */
    private static final class OwnPid {
        private static final long PID = findPid();
    }

    /** The number of this process. */
    public static long ownPid() {
        return OwnPid.PID;
    }

    /** Where that can be avoided, {@link ProcessHandle} is not asked: its first use sets up what waits for child processes. */
    private static long findPid() {
        try {
            return Long.parseLong(Files.readSymbolicLink(Path.of("/proc/self")).toString());
        } catch (IOException | RuntimeException e) {
            return ProcessHandle.current().pid(); // not a Linux
        }
    }

    /**
     * Where the numbers of processes mean what they mean to this one: which start of which machine, and which namespace of it. Null where the
     * system does not tell.
     */
    public static @Nullable String space() {
        return Here.SPACE;
    }

    private static @Nullable String findSpace() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | RuntimeException e) {
            return null; // not a Linux
        }
    }

    /**
     * When a process began, in the system's own count, which tells it exactly from others that had its number: no change of the clock moves
     * it. Empty when there is no such process, or it has ended and its parent has not asked how.
     */
    public static OptionalLong birth(long pid) {
        if (space() == null) {
            Optional<ProcessLife> life = ProcessHandle.of(pid).flatMap(ProcessLife::of);
            return life.isPresent() ? OptionalLong.of(life.get().began().toEpochMilli()) : OptionalLong.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "stat"));
            String stat = new String(bytes, StandardCharsets.ISO_8859_1);
            String[] fields =
                    stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1); // behind the name: proc(5)'s third
            boolean hasThreads = Long.parseLong(fields[17]) > 1;
            boolean hasEnded = "ZX".contains(fields[0]) && !hasThreads; // the first thread may end before the others
            return hasEnded ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[19]));
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
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
