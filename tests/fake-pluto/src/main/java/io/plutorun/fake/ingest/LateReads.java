package io.plutorun.fake.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What can be read back of metrics where that takes a while: the real service keeps what comes in memory, and writes it down every 5 s. */
public final class LateReads {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Arrived(Instant at, byte[] body) {}

    private final Duration delay;
    private final Map<IngestStore.Place, Deque<Arrived>> waiting = new HashMap<>();
    private final IngestStore readable = new IngestStore(new ContractViolations());

    /**
     * Nothing has come yet.
     *
     * @param delay how long it takes until values can be read
     */
    public LateReads(Duration delay) {
        this.delay = delay;
    }

    /** Metrics have come. */
    public synchronized void took(IngestStore.Place place, byte[] body, Instant at) {
        waiting.computeIfAbsent(place, any -> new ArrayDeque<>()).add(new Arrived(at, body));
    }

    /** What can be read at a moment. */
    public synchronized RunData at(IngestStore.Place place, Instant now) {
        Deque<Arrived> bodies = waiting.getOrDefault(place, new ArrayDeque<>());
        while (!bodies.isEmpty() && !bodies.element().at().plus(delay).isAfter(now)) {
            var unused = readable.take(Stream.METRICS, place, bodies.remove().body());
        }
        return readable.at(place);
    }
}
