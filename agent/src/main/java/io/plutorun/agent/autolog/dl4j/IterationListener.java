package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code BaseOptimizer.incrementIterationCount}: an iteration is over. */
final class IterationListener extends FrameworkListener {

    private static final int MODEL = 0;
    private static final int BY = 1;

    private final Models models;

    IterationListener(Recorder recorder, Models models) {
        super(recorder);
        this.models = models;
    }

    @Override
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        Object model = Objects.requireNonNull(call.argument(MODEL)); // a layer, where it is trained before the rest
        ModelLog log = models.of(model);
        if (log == null) {
            return null;
        }
        Object counted = Models.configuration(model);
        int iterations = (Integer) Objects.requireNonNull(
                PublicMethods.call(counted, counted.getClass().getName(), "getIterationCount", int.class));
        double score = (Double) Objects.requireNonNull(PublicMethods.call(model, Models.MODEL, "score", double.class));
        if (log.iterationEnds(iterations - call.intArgument(BY), score, examples(model), System.nanoTime())) {
            Object size = Getters.value(model, "numParams", "()J", "()I"); // not before: it would initialize a model
            log.training().config(Collections.singletonMap("num_params", size));
        }
        return log.training().cancellation();
    }

    private static long examples(Object model) throws Throwable {
        try {
            return (Integer) Objects.requireNonNull(PublicMethods.call(model, Models.MODEL, "batchSize", int.class));
        } catch (NullPointerException e) { // DL4J's own, of a model that has no labels
            return 0;
        }
    }
}
