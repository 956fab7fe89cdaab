package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;
import java.util.Set;

/**
 * DL4J's hooks: each {@code fit} of a model, and the method that counts its iterations. Every optimizer calls that one when the
 * program's listeners have heard of the iteration, so the agent needs no listener of its own.
 */
public final class DL4J {

    private static final String OPTIMIZER = "org.deeplearning4j.optimize.solvers.BaseOptimizer";

    private DL4J() {}

    /** All of them. */
    public static List<Hook> hooks(Recorder recorder) {
        Models models = new Models(recorder);
        FitListener fit = new FitListener(recorder, models);
        Set<Moment> aroundIt = Set.of(Moment.ENTRY, Moment.EXIT);
        return List.of(
                new Hook(ExactMethod.of(Models.NETWORK, "fit"), aroundIt, fit),
                new Hook(ExactMethod.of(Models.GRAPH, "fit"), aroundIt, fit),
                new Hook(
                        ExactMethod.of(OPTIMIZER, "incrementIterationCount"),
                        Set.of(Moment.EXIT_WITH_ARGUMENTS),
                        new IterationListener(recorder, models)));
    }
}
