package io.plutorun.agent.ingest;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.metrics.MetricBatch;
import io.plutorun.agent.metrics.MetricReader;
import io.plutorun.agent.metrics.data.DataBatch;
import io.plutorun.agent.metrics.disk.BatchReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a run, or its string series, tables and histograms, or what it prints: their files, and the request that takes what is in them. It has at most one
 * batch under way. Used by one thread at a time.
 *
 * @param <B> what a batch holds
 */
final class Lane<B extends BatchReader.Batch> implements Closeable {

    /** The type under which names of numbers are registered. */
    private static final String METRIC = "METRIC";

    private final BatchReader<B> reader;
    private final Function<B, Map<String, String>> types;
    private final Function<byte[], Outcome<Boolean>> request;
    private final boolean isKnownToTheServer;
    private @Nullable B underWay;

    private Lane(
            BatchReader<B> reader,
            Function<B, Map<String, String>> types,
            Function<byte[], Outcome<Boolean>> request,
            boolean isKnownToTheServer) {
        this.reader = reader;
        this.types = types;
        this.request = request;
        this.isKnownToTheServer = isKnownToTheServer;
    }

    /** The values of a run. */
    static Lane<MetricBatch> ofValues(MetricReader reader, Function<byte[], Outcome<Boolean>> request) {
        return new Lane<>(reader, Lane::metrics, request, true);
    }

    private static Map<String, String> metrics(MetricBatch batch) {
        Map<String, String> types = new HashMap<>();
        batch.lastSteps().keySet().forEach(name -> types.put(name, METRIC));
        return types;
    }

    /** The string series, tables and histograms of a run, or what it prints. The API reads none of them back. */
    static Lane<DataBatch> ofData(BatchReader<DataBatch> reader, Function<byte[], Outcome<Boolean>> request) {
        return new Lane<>(reader, Lane::kinds, request, false);
    }

    private static Map<String, String> kinds(DataBatch batch) {
        Map<String, String> types = new HashMap<>();
        batch.names().forEach((name, kind) -> types.put(name, kind.logType()));
        return types;
    }

    /** Takes the next batch; false when there is none now. */
    boolean take() throws IOException {
        underWay = reader.next();
        return underWay != null;
    }

    private B batch() {
        return Objects.requireNonNull(underWay);
    }

    /** The lines of the batch that is under way. */
    byte[] body() {
        return batch().body();
    }

    /** The names in the batch that is under way, with the type under which each is registered. */
    Map<String, String> types() {
        return types.apply(batch());
    }

    /** The names in the batch that is under way, with the largest step of each. */
    Map<String, Long> lastSteps() {
        return batch().lastSteps();
    }

    /** Sends some lines of the batch. */
    Outcome<Boolean> send(byte[] lines) {
        return request.apply(lines);
    }

    /** Marks the batch as sent: it has arrived, as far as the service takes it. */
    void markSent() throws IOException {
        reader.sent(batch());
    }

    /** Has the batch that is under way come again, and what was being taken. */
    void startOver() throws IOException {
        underWay = null;
        reader.rewind();
    }

    /** The name for which {@link #take} must know where its own steps begin; null when it waits for none. */
    @Nullable
    String waitingName() {
        return reader.waitingName();
    }

    /** Says where the own steps of a name begin; an empty name is for all. */
    void stepsBegin(String name, long first) throws IOException {
        reader.stepsBegin(name, first);
    }

    /** Whether the server can be asked for the largest step of a name. */
    boolean isKnownToTheServer() {
        return isKnownToTheServer;
    }

    /** How many values were found damaged in the files, and are left out. */
    long damaged() {
        return reader.damaged();
    }

    /** Whether nothing more is written to the files. */
    boolean isComplete() {
        return reader.isComplete();
    }

    /** Whether all was read, and nothing more will be written. */
    boolean isAtEnd() {
        return reader.isAtEnd();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
