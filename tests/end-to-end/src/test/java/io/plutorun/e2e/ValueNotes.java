package io.plutorun.e2e;

import io.plutorun.e2e.programs.LoggingThreads;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@link LoggingThreads} has written down of its values.
 *
 * @param name the run's name
 * @param file where the notes are
 */
record ValueNotes(String name, Path file) {

    /** The number of the run; -1 when there is none. */
    long run(FakePluto pluto) {
        return pluto.runs().stream()
                .filter(run -> run.name().equals(name))
                .mapToLong(FakeRun::id)
                .findFirst()
                .orElse(-1);
    }

    /** How many ticks old each value of a thread was at the end, in the order of the values. */
    int[] ages(int thread) {
        if (!Files.exists(file)) {
            return new int[0];
        }
        try {
            ByteBuffer notes = ByteBuffer.wrap(Files.readAllBytes(file));
            int logged = 0;
            while (logged < LoggingThreads.MOST_VALUES && notes.getInt(LoggingThreads.noteOf(thread, logged)) != 0) {
                logged++;
            }
            int end = notes.getInt(LoggingThreads.END) != 0
                    ? notes.getInt(LoggingThreads.END)
                    : notes.getInt(LoggingThreads.TICKS);
            int[] ages = new int[logged];
            for (int value = 0; value < logged; value++) {
                ages[value] = end - notes.getInt(LoggingThreads.noteOf(thread, value));
            }
            return ages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
