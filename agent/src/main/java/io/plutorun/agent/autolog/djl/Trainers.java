package io.plutorun.agent.autolog.djl;

import io.plutorun.agent.autolog.KnownInRun;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.objects.PublicMethods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which training a trainer is at work for. */
final class Trainers {

    private static final String EVALUATOR = "ai.djl.training.evaluator.Evaluator";

    /** What is known of a trainer. One thread at a time tells its listeners. */
    static final class Log {
        private final Training training;
        private volatile boolean batchSeen;
        private volatile long epochs;

        Log(Training training) {
            this.training = training;
        }

        Training training() {
            return training;
        }

        /** Whether this is the first batch. */
        boolean firstBatch() {
            boolean first = !batchSeen;
            batchSeen = true;
            return first;
        }

        /** An epoch is over; gives its number, from 1. */
        @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread at a time
        long nextEpoch() {
            return ++epochs;
        }
    }

    private final Recorder recorder;
    private final KnownInRun<Log> known = new KnownInRun<>();

    Trainers(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The training of a trainer, which begins if this is the first time that the trainer is met; null where the thread has no run. */
    @Nullable
    Log of(Object trainer) throws Throwable {
        CurrentRun run = recorder.runOfTraining();
        Log log = known.get(trainer, run);
        if (log == null && run != null) {
            log = new Log(recorder.begin(run, trainer.getClass()));
            known.put(trainer, run, log);
            log.training().config(config(trainer));
        }
        return log;
    }

    private static Map<String, @Nullable Object> config(Object trainer) throws Throwable {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        Object loss = PublicMethods.call(trainer, DJL.TRAINER, "getLoss", "()Lai/djl/training/loss/Loss;");
        if (loss != null) {
            config.put("loss", PublicMethods.call(loss, EVALUATOR, "getName", String.class));
            config.put("loss_class", loss.getClass().getName());
        }
        List<@Nullable Object> evaluators = new ArrayList<>();
        Object given = PublicMethods.call(trainer, DJL.TRAINER, "getEvaluators", List.class);
        for (Object evaluator : (List<?>) Objects.requireNonNull(given)) {
            evaluators.add(PublicMethods.call(evaluator, EVALUATOR, "getName", String.class));
        }
        config.put("evaluators", evaluators);
        Object devices = PublicMethods.call(trainer, DJL.TRAINER, "getDevices", "()[Lai/djl/Device;");
        if (devices instanceof Object[] all) {
            List<@Nullable Object> names = new ArrayList<>();
            for (Object device : all) {
                names.add(String.valueOf(device));
            }
            config.put("devices", names);
        }
        return config;
    }
}
