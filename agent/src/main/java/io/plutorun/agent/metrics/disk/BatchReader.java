package io.plutorun.agent.metrics.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of what a folder holds, in the order in which it was logged, while it is logged or after the process has died.
 *
 * <p>Use: take {@link #next}, send it, and tell {@link #sent}; after a failure of either, or where any of the three methods has thrown
 * something, {@link #rewind} has the same come again. What waits for the
 * beginning of its steps holds up what is behind it: {@link #waitingName} says for which name {@link #stepsBegin} is needed. One thread uses a
 * reader.
 *
 * @param <B> what a batch holds
 */
public interface BatchReader<B extends BatchReader.Batch> extends Closeable {

    /** What is sent in one request. */
    interface Batch {

        /** Lines of JSON, in UTF-8. */
        byte[] body();

        /** The names that occur, with the largest step of each. */
        Map<String, Long> lastSteps();
    }

    /**
     * The next batch, of 1 MiB at most where it has more than one line; null when there is none now.
     *
     * @throws IOException when a file can't be read
     */
    @Nullable
    B next() throws IOException;

    /**
     * Marks a batch, and all before it, as sent. Files that hold nothing else are removed.
     *
     * @throws IOException when the disk refuses the mark; then what is in the batch may be sent once more
     */
    void sent(B batch) throws IOException;

    /**
     * Has come again what was taken, and not {@link #sent}; also what was being taken when {@link #next} failed.
     *
     * @throws IOException when a file can't be closed; it is not read any more
     */
    void rewind() throws IOException;

    /** The name that, with all behind it, waits for {@link #stepsBegin}; null when none waits. */
    @Nullable
    String waitingName();

    /**
     * Says where the own steps of a name begin, once and for all.
     *
     * @param name the name; empty for all names that nothing else is said about
     * @throws IOException when the disk refuses to keep it
     */
    void stepsBegin(String name, long first) throws IOException;

    /** How many values, or files whose number of values is not known, were found damaged and passed over. */
    long damaged();

    /** Whether nobody writes into the folder any more. */
    boolean isComplete();

    /** Whether the folder was complete at the last {@link #next}, and nothing was left to read. */
    boolean isAtEnd();
}
