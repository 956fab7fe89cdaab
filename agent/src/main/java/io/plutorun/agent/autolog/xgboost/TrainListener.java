package io.plutorun.agent.autolog.xgboost;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Parameters;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.SparkTask;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code XGBoost.trainAndSaveCheckpoint}: what a training is given, and the model that comes of it. */
final class TrainListener extends FrameworkListener {

    /** Where its arguments stand. */
    private static final int MATRIX = 0;

    private static final int PARAMETERS = 1;
    private static final int ROUNDS = 2;
    private static final int WATCHES = 3;
    private static final int OBJECTIVE = 5;
    private static final int METRIC = 6;
    private static final int EARLY_STOPPING = 7;

    /** The importance of features is computed from a text of the whole model: of a larger one it would take the program's time. */
    private static final int MAX_TREES = 5_000;

    private final Boosters boosters;

    /** How many trees the training of this thread makes at most. Set from its entry to its exit. */
    private static final ThreadLocal<Long> TREES = new ThreadLocal<>();

    TrainListener(Recorder recorder, Boosters boosters) {
        super(recorder);
        this.boosters = boosters;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        @Nullable Object[] arguments = Objects.requireNonNull(call.arguments());
        Training training = null;
        try {
            Class<?> type = Objects.requireNonNull(arguments[MATRIX]).getClass();
            CurrentRun run = recorder().runOfTraining();
            training = run == null || SparkTask.isSpokenFor(run, type)
                    ? null
                    : recorder().begin(run, type);
        } finally { // its end comes in any case
            boosters.begin(training == null ? null : new BoosterLog(training));
        }
        if (training != null) {
            Map<String, @Nullable Object> config = config(arguments);
            training.config(config);
            TREES.set((Integer) Objects.requireNonNull(arguments[ROUNDS]) * classes(config));
        }
        return null;
    }

    private static Map<String, @Nullable Object> config(@Nullable Object[] arguments) {
        Map<String, @Nullable Object> config = Parameters.of(arguments[PARAMETERS]);
        config.put("num_round", arguments[ROUNDS]);
        if (arguments[WATCHES] instanceof Map<?, ?> watches && !watches.isEmpty()) {
            List<@Nullable Object> names = new ArrayList<>();
            watches.keySet().forEach(name -> names.add(String.valueOf(name)));
            config.put("watches", names);
        }
        if (arguments[OBJECTIVE] != null) {
            config.put("custom_objective", arguments[OBJECTIVE].getClass().getName());
        }
        if (arguments[METRIC] != null) {
            config.put("custom_metric", arguments[METRIC].getClass().getName());
        }
        if (arguments[EARLY_STOPPING] instanceof Integer rounds && rounds > 0) {
            config.put("early_stopping_rounds", rounds);
        }
        return config;
    }

    private static long classes(Map<String, @Nullable Object> config) {
        try {
            return Math.max(1, Long.parseLong(String.valueOf(config.getOrDefault("num_class", 1))));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object result = call.result();
        BoosterLog log = boosters.end();
        Long most = TREES.get();
        TREES.remove();
        if (log != null && result != null) {
            boosters.trained(result, log);
            best(log.training(), result);
            if (most != null && most <= MAX_TREES) {
                importance(log.training(), result);
            }
        }
        return null;
    }

    private static void best(Training training, Object booster) throws Throwable {
        Map<?, ?> attributes =
                (Map<?, ?>) PublicMethods.call(booster, XGBoost.BOOSTER, "getAttrs", MethodType.methodType(Map.class));
        Map<String, @Nullable Object> best = new LinkedHashMap<>();
        for (String name : List.of("best_iteration", "best_score")) {
            Object value = attributes == null ? null : attributes.get(name);
            if (value != null) {
                best.put(name, number(value.toString()));
            }
        }
        if (!best.isEmpty()) {
            training.config(best);
        }
    }

    private static Object number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static void importance(Training training, Object booster) throws Throwable {
        Map<?, ?> scores;
        try {
            scores = (Map<?, ?>) PublicMethods.call(
                    booster,
                    XGBoost.BOOSTER,
                    "getScore",
                    MethodType.methodType(Map.class, String.class, String.class),
                    null,
                    "gain");
        } catch (NoSuchMethodException e) {
            throw e;
        } catch (Exception e) { // a linear model has none
            return;
        }
        if (scores != null) {
            Map<String, Double> gains = new LinkedHashMap<>();
            scores.forEach((feature, gain) -> gains.put(
                    String.valueOf(feature), gain instanceof Number number ? number.doubleValue() : Double.NaN));
            training.importance(gains);
        }
    }
}
