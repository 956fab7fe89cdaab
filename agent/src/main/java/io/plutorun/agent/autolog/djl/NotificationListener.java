package io.plutorun.agent.autolog.djl;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code Trainer.notifyListeners}: when the program's listeners have been told, one of the agent's is told too. It is in no list of the
 * program's, and is there for this call only.
 */
final class NotificationListener extends FrameworkListener {

    private static final int TELL = 0;
    private static final int BATCH_DATA = 1;
    private static final String LISTENER = "ai.djl.training.listener.TrainingListener";
    private static final String RESULT = "ai.djl.training.TrainingResult";

    private final Trainers trainers;

    NotificationListener(Recorder recorder, Trainers trainers) {
        super(recorder);
        this.trainers = trainers;
    }

    /** What a listener was told: a method's name and arguments. */
    private interface Told {
        void listener(String method, @Nullable Object[] arguments) throws Throwable;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object self = call.self();
        if (self == null || call.thrown() != null) {
            return null;
        }
        Trainers.Log log = trainers.of(self);
        if (log == null) {
            return null;
        }
        tell(call.argument(TELL), self, (name, given) -> {
            if (name.equals("onTrainingBatch") && log.firstBatch()) {
                batch(log, given);
            } else if (name.equals("onEpoch")) {
                epoch(log, self);
            }
        });
        return log.training().cancellation();
    }

    @SuppressWarnings("unchecked")
    private static void tell(@Nullable Object consumer, Object trainer, Told told) throws Throwable {
        Class<?> type = PublicMethods.typeOf(trainer.getClass(), DJL.TRAINER);
        ClassLoader loader = type == null ? null : type.getClassLoader();
        Class<?> listener = Class.forName(LISTENER, false, loader);
        Throwable[] failure = {null};
        Object proxy = Proxy.newProxyInstance(loader, new Class<?>[] {listener}, (self, called, arguments) -> {
            if (called.getDeclaringClass() == Object.class) {
                return switch (called.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "pluto";
                };
            }
            try {
                told.listener(called.getName(), arguments == null ? new Object[0] : arguments);
            } catch (Throwable e) { // it must not pass through the program's lambda
                failure[0] = e;
            }
            return null;
        });
        if (consumer instanceof Consumer<?> telling) {
            ((Consumer<Object>) telling).accept(proxy);
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private static void batch(Trainers.Log log, @Nullable Object[] told) throws Throwable {
        Object data = told.length > BATCH_DATA ? told[BATCH_DATA] : null;
        Object batch = data == null
                ? null
                : PublicMethods.call(data, LISTENER + "$BatchData", "getBatch", "()Lai/djl/training/dataset/Batch;");
        if (batch != null) {
            Object size = PublicMethods.call(batch, "ai.djl.training.dataset.Batch", "getSize", int.class);
            log.training().config(new LinkedHashMap<>(Map.of("batch_size", size == null ? 0 : size)));
        }
    }

    private static void epoch(Trainers.Log log, Object trainer) throws Throwable {
        long counted = log.nextEpoch();
        Object result =
                PublicMethods.call(trainer, DJL.TRAINER, "getTrainingResult", "()Lai/djl/training/TrainingResult;");
        if (result == null) {
            return;
        }
        int itsEpoch = (Integer) Objects.requireNonNull(PublicMethods.call(result, RESULT, "getEpoch", int.class));
        long epoch = itsEpoch > 0 ? itsEpoch : counted;
        if (PublicMethods.call(result, RESULT, "getEvaluations", Map.class) instanceof Map<?, ?> evaluations) {
            evaluations.forEach((name, value) -> {
                if (value instanceof Float number) {
                    log.training().value(String.valueOf(name), number, epoch);
                }
            });
        }
    }
}
