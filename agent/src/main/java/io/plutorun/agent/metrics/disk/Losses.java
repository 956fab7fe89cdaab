package io.plutorun.agent.metrics.disk;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what is not kept, by reason. For any thread. */
public final class Losses {

    private final AtomicLongArray counts = new AtomicLongArray(Loss.values().length);

    /** Counts one. */
    public void count(Loss loss) {
        counts.incrementAndGet(loss.ordinal());
    }

    /** Counts several. */
    public void count(Loss loss, long several) {
        counts.addAndGet(loss.ordinal(), several);
    }

    /** How many of this reason. */
    public long of(Loss loss) {
        return counts.get(loss.ordinal());
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
