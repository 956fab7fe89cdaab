package io.plutorun.agent.ingest;

import io.plutorun.agent.http.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files of one kind, and the request that takes what is in them. Used by one thread at a time. */
interface Lane extends Closeable {

    /**
     * What is sent in one request.
     *
     * @param body its lines
     * @param types the names that occur, with the type under which each is registered
     * @param lastSteps the names that occur, with the largest step of each
     * @param read the batch as its reader gave it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(byte[] body, Map<String, String> types, Map<String, Long> lastSteps, Object read) {}

    /** The next batch; null when there is none now. */
    @Nullable
    Batch next() throws IOException;

    /** Sends some lines of a batch. */
    Outcome<Boolean> send(byte[] lines);

    /** The batch has arrived, as far as the service takes it. */
    void sent(Batch batch) throws IOException;

    /** The name for which {@link #next} must know where its own steps begin; null when it waits for none. */
    @Nullable
    String waitingName();

    /** Where the own steps of a name begin; an empty name is for all. */
    void stepsBegin(String name, long first) throws IOException;

    /** Whether the server can be asked for the largest step of a name. */
    boolean isKnownToTheServer();

    /** Whether all was read, and nothing more will be written. */
    boolean isAtEnd();
}
