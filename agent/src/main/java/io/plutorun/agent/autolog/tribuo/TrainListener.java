package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.Training;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A trainer's {@code train}: the trainer's provenance, that of the data, and the model that comes of it. */
final class TrainListener extends FrameworkListener {

    private static final int DATASET = 0;

    /** Trainers that hand all of the data on to one other trainer. */
    private static final Set<String> WRAPPERS =
            Set.of("org.tribuo.transform.TransformTrainer", "org.tribuo.hash.HashingTrainer");

    private final Trainings trainings;

    TrainListener(Recorder recorder, Trainings trainings) {
        super(recorder);
        this.trainings = trainings;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        Object self = call.self();
        Trainings.Ongoing ongoing = Trainings.enter();
        if (self == null) {
            return null;
        }
        Map<String, @Nullable Object> parameters = null;
        if (ongoing.isOutermost()) {
            Training training = recorder().begin(self.getClass());
            ongoing.training(training);
            if (training != null) {
                parameters = Provenances.of(self);
                training.config(parameters);
            }
        }
        if (call.method().className().equals(Tribuo.SGD_TRAINER)) {
            beginLoss(ongoing, self, parameters, call.argument(DATASET));
        } else if (!WRAPPERS.contains(call.method().className())) {
            ongoing.ensemble();
        }
        return null;
    }

    private static void beginLoss(
            Trainings.Ongoing ongoing,
            Object trainer,
            @Nullable Map<String, @Nullable Object> parameters,
            @Nullable Object dataset)
            throws Throwable {
        Training training = ongoing.training();
        if (training != null && dataset != null && ongoing.loss() == null && !ongoing.isEnsemble()) {
            Object size = PublicMethods.call(dataset, "org.tribuo.Dataset", "size", int.class);
            LossCurve.of(training, parameters == null ? Provenances.of(trainer) : parameters, size)
                    .ifPresent(ongoing::loss);
        }
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object result = call.result();
        Trainings.Ongoing ended = Trainings.exit();
        Training training = ended == null ? null : ended.training();
        if (training != null && result != null) {
            trainings.trained(result, training);
            training.config(Map.of("dataset", Provenances.ofDataset(result)));
            return training.cancellation();
        }
        return null;
    }
}
