package io.plutorun.agent.ingest;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.metrics.data.DataBatch;
import io.plutorun.agent.metrics.data.DataReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The string series, tables and histograms of a run. */
final class DataLane implements Lane {

    private final DataReader reader;
    private final Function<byte[], Outcome<Boolean>> request;

    DataLane(DataReader reader, Function<byte[], Outcome<Boolean>> request) {
        this.reader = reader;
        this.request = request;
    }

    @Override
    public @Nullable Batch next() throws IOException {
        DataBatch batch = reader.next();
        if (batch == null) {
            return null;
        }
        Map<String, String> types = new HashMap<>();
        batch.names().forEach((name, kind) -> types.put(name, kind.logType()));
        return new Batch(batch.body(), types, batch.lastSteps(), batch);
    }

    @Override
    public Outcome<Boolean> send(byte[] lines) {
        return request.apply(lines);
    }

    @Override
    public void sent(Batch batch) throws IOException {
        reader.sent((DataBatch) batch.read());
    }

    @Override
    public @Nullable String waitingName() {
        return reader.waitingName();
    }

    @Override
    public void stepsBegin(String name, long first) throws IOException {
        reader.stepsBegin(name, first);
    }

    @Override
    public boolean isKnownToTheServer() {
        return false; // the API reads back values alone
    }

    @Override
    public boolean isAtEnd() {
        return reader.isAtEnd();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
