package io.plutorun.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Everything that arrived, in order of arrival, on all hosts. Bodies are kept up to a limit, since benchmarks send gigabytes. */
final class ExchangeLog {

    private static final long MAX_KEPT_BYTES = 32L << 20;

    private final Changes changes;
    private final List<Exchange> exchanges = new ArrayList<>();
    private long keptBytes;

    ExchangeLog(Changes changes) {
        this.changes = changes;
    }

    /** Takes note of an arrival. What comes back takes note of the answer's status. */
    IntConsumer arrived(Exchange arrival) {
        int index;
        Exchange exchange;
        synchronized (exchanges) {
            boolean room = keptBytes + arrival.size() <= MAX_KEPT_BYTES;
            exchange = room ? arrival : arrival.withoutBody();
            keptBytes += exchange.bytes().size();
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

    /** The last few, for the message of a test that waited in vain. */
    String tail() {
        StringBuilder last = new StringBuilder();
        List<Exchange> all = all();
        for (Exchange exchange : all.subList(Math.max(0, all.size() - 10), all.size())) {
            last.append("  ")
                    .append(exchange.method())
                    .append(' ')
                    .append(exchange.path())
                    .append(" -> ")
                    .append(exchange.status())
                    .append(exchange.fault() == null ? "" : " " + exchange.fault())
                    .append('\n');
        }
        return "the last of " + all.size() + " requests\n" + last;
    }

    List<Exchange> all() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }
}
