package io.plutorun.agent.autolog.lightgbm;

import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.autolog.WeakIdentityMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The boosters that are being trained. Those that were loaded from a model are none of them. */
final class Boosters {

    /** What is known of a booster, which one thread at a time may use. */
    static final class Log {
        private final Training training;
        private volatile long iterations;
        private volatile @Nullable List<String> metricNames;

        Log(Training training) {
            this.training = training;
        }

        Training training() {
            return training;
        }

        /** How many iterations are done. */
        long iterations() {
            return iterations;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread at a time
        void iterated() {
            iterations++;
        }

        /** Null before they were asked for. */
        @Nullable
        List<String> metricNames() {
            return metricNames;
        }

        void metricNames(List<String> names) {
            metricNames = names;
        }
    }

    private final WeakIdentityMap<Log> known = new WeakIdentityMap<>();

    void created(Object booster, Training training) {
        known.put(booster, new Log(training));
    }

    @Nullable
    Log of(@Nullable Object booster) {
        return booster == null ? null : known.get(booster);
    }

    /** It is closed: its native memory is about to be freed. */
    @Nullable
    Log closed(@Nullable Object booster) {
        return booster == null ? null : known.remove(booster);
    }
}
