package io.plutorun.agent.ingest;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.metrics.MetricBatch;
import io.plutorun.agent.metrics.MetricReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of a run. */
final class ValuesLane implements Lane {

    private static final String TYPE = "METRIC";

    private final MetricReader reader;
    private final Function<byte[], Outcome<Boolean>> request;

    ValuesLane(MetricReader reader, Function<byte[], Outcome<Boolean>> request) {
        this.reader = reader;
        this.request = request;
    }

    @Override
    public @Nullable Batch next() throws IOException {
        MetricBatch batch = reader.next();
        if (batch == null) {
            return null;
        }
        Map<String, String> types = new HashMap<>();
        batch.lastSteps().keySet().forEach(name -> types.put(name, TYPE));
        return new Batch(batch.body(), types, batch.lastSteps(), batch);
    }

    @Override
    public Outcome<Boolean> send(byte[] lines) {
        return request.apply(lines);
    }

    @Override
    public void sent(Batch batch) throws IOException {
        reader.sent((MetricBatch) batch.read());
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
        return true;
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
