package io.plutorun.agent.autolog.djl;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;
import java.util.Set;

/** DJL's hooks: whatever a trainer's listeners are told goes through {@code notifyListeners}. */
public final class DJL {

    static final String TRAINER = "ai.djl.training.Trainer";
    private static final String EASY_TRAIN = "ai.djl.training.EasyTrain";

    private DJL() {}

    /** All of them. */
    public static List<Hook> hooks(Recorder recorder) {
        Trainers trainers = new Trainers(recorder);
        return List.of(
                new Hook(ExactMethod.of(EASY_TRAIN, "fit"), Set.of(Moment.ENTRY), new FitListener(recorder, trainers)),
                new Hook(
                        ExactMethod.of(TRAINER, "notifyListeners").withDescriptor("(Ljava/util/function/Consumer;)V"),
                        Set.of(Moment.EXIT_WITH_ARGUMENTS),
                        new NotificationListener(recorder, trainers)));
    }
}
