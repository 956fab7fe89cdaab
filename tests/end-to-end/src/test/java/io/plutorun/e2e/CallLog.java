package io.plutorun.e2e;

import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far each call of {@link io.plutorun.e2e.programs.Doomed} came, by what the program itself wrote down. */
final class CallLog {

    /** The last that is known of a call, in the order in which it happens. */
    enum Progress implements Expectation {
        CALLED,
        ENTERED,
        LEAVING,
        RETURNED,
        THREW;

        /**
         * Its record is on disk before the call's first line executes. A call that was killed ahead of that line may have one or not.
         */
        @Override
        public boolean mustHaveARun() {
            return this != CALLED;
        }

        /**
         * Between a call's last line and the line behind it lie the record of its end, which the log does not show, and possibly the kill.
         * So for a call that was last seen leaving, both are true: that it returned, when its end is on disk, and that its process died.
         */
        @Override
        public boolean allows(FakeRun run) {
            RunStatus status = run.status();
            boolean died = Expectation.isDeclaredDead(run);
            return switch (this) {
                case CALLED, ENTERED -> status == RunStatus.FAILED && died;
                case LEAVING -> status == RunStatus.COMPLETED || status == RunStatus.FAILED;
                case RETURNED -> status == RunStatus.COMPLETED;
                case THREW -> status == RunStatus.FAILED && !died;
            };
        }
    }

    private final Map<String, Progress> calls = new LinkedHashMap<>();

    /** Adds what a program has written; the death of its JVM may have cut the last line off. */
    void add(Path file) {
        for (String line : lines(file)) {
            int blank = line.indexOf(' ');
            calls.merge(
                    line.substring(blank + 1),
                    Progress.valueOf(line.substring(0, blank).toUpperCase(java.util.Locale.ROOT)),
                    (before, now) -> now);
        }
    }

    /** The whole lines of a file; none when it is not there yet. */
    static List<String> lines(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calls by their external ids, in the order of their beginnings. */
    Map<String, Progress> calls() {
        return calls;
    }
}
