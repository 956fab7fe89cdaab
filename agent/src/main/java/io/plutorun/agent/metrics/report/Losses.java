package io.plutorun.agent.metrics.report;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is not kept, by reason. For any thread. */
public final class Losses {

    private final Map<Loss, AtomicLong> counts = new EnumMap<>(Loss.class);

    /** All counts at zero. */
    public Losses() {
        for (Loss loss : Loss.values()) {
            counts.put(loss, new AtomicLong()); // no thread changes the map after this
        }
    }

    private AtomicLong counter(Loss loss) {
        return requireNonNull(counts.get(loss));
    }

    /** Counts one. */
    public void count(Loss loss) {
        counter(loss).incrementAndGet();
    }

    /** Counts several. */
    public void count(Loss loss, long several) {
        counter(loss).addAndGet(several);
    }

    /** How many of this reason. */
    public long of(Loss loss) {
        return counter(loss).get();
    }

    /** Those reasons that have occurred. */
    public Map<Loss, Long> all() {
        Map<Loss, Long> all = new EnumMap<>(Loss.class);
        for (Loss loss : Loss.values()) {
            long count = of(loss);
            if (count > 0) {
                all.put(loss, count);
            }
        }
        return all;
    }
}
