package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.autolog.WeakIdentityMap;
import io.plutorun.agent.objects.PublicMethods;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which training a model is in: one for each run that fits it, however often. A model counts its iterations over all fits. */
final class Models {

    static final String MODEL = "org.deeplearning4j.nn.api.Model";
    static final String NETWORK = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork";
    static final String GRAPH = "org.deeplearning4j.nn.graph.ComputationGraph";

    private final Recorder recorder;
    private final WeakIdentityMap<ModelLog> known = new WeakIdentityMap<>();

    Models(Recorder recorder) {
        this.recorder = recorder;
    }

    /** What the thread's run records of a model, begun if there is nothing yet; null where the thread has no run. */
    @Nullable
    ModelLog begun(Object model) {
        ModelLog log = known.get(model);
        var run = recorder.runOfTraining();
        if (run == null || (log != null && log.training().run() == run)) {
            return run == null ? null : log;
        }
        Class<?> type = PublicMethods.typeOf(model.getClass(), isNetwork(model) ? NETWORK : GRAPH);
        ModelLog begun = new ModelLog(recorder.begin(run, Objects.requireNonNull(type)));
        known.put(model, begun);
        return begun;
    }

    /** The same; null for nothing yet. */
    @Nullable
    ModelLog of(Object model) {
        ModelLog log = known.get(model);
        return log != null && log.training().run() == recorder.run() ? log : null;
    }

    /** Whether it is a network of layers; else it is a graph. */
    static boolean isNetwork(Object model) {
        return PublicMethods.typeOf(model.getClass(), NETWORK) != null;
    }

    /** The configuration of all of a model, which has its counters too. */
    static Object configuration(Object model) throws Throwable {
        Object configuration = isNetwork(model)
                ? PublicMethods.call(
                        model,
                        NETWORK,
                        "getLayerWiseConfigurations",
                        "()Lorg/deeplearning4j/nn/conf/MultiLayerConfiguration;")
                : PublicMethods.call(
                        model,
                        GRAPH,
                        "getConfiguration",
                        "()Lorg/deeplearning4j/nn/conf/ComputationGraphConfiguration;");
        return Objects.requireNonNull(configuration);
    }
}
