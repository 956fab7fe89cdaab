package io.plutorun.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Everything that arrived, in order of arrival, on all hosts. */
final class ExchangeLog {

    private final Changes changes;
    private final List<Exchange> exchanges = new ArrayList<>();

    ExchangeLog(Changes changes) {
        this.changes = changes;
    }

    /** Takes note of an arrival. What comes back takes note of the answer's status. */
    IntConsumer arrived(Exchange exchange) {
        int index;
        synchronized (exchanges) {
            index = exchanges.size();
            exchanges.add(exchange);
        }
        changes.happened();
        return status -> {
            synchronized (exchanges) {
                exchanges.set(index, exchange.answered(status));
            }
            changes.happened();
        };
    }

    List<Exchange> all() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }
}
