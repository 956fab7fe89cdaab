package io.plutorun.agent.autolog.lightgbm;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;
import java.util.Set;

/** LightGBM4j's hooks: a program makes a booster, updates it in a loop of its own, asks it for its metrics, and closes it. */
public final class LightGBM {

    static final String BOOSTER = "io.github.metarank.lightgbm4j.LGBMBooster";

    private LightGBM() {}

    /** All of them. */
    public static List<Hook> hooks(Recorder recorder) {
        Boosters boosters = new Boosters();
        IterationListener iteration = new IterationListener(recorder, boosters);
        return List.of(
                new Hook(
                        ExactMethod.of(BOOSTER, "create"),
                        Set.of(Moment.EXIT_WITH_ARGUMENTS),
                        new CreateListener(recorder, boosters)),
                new Hook(ExactMethod.of(BOOSTER, "updateOneIter"), Set.of(Moment.EXIT), iteration),
                new Hook(
                        ExactMethod.of(BOOSTER, "getEval").withDescriptor("(I)[D"),
                        Set.of(Moment.EXIT_WITH_ARGUMENTS),
                        new EvaluationListener(recorder, boosters)),
                new Hook(
                        ExactMethod.of(BOOSTER, "close"), Set.of(Moment.ENTRY), new CloseListener(recorder, boosters)));
    }
}
