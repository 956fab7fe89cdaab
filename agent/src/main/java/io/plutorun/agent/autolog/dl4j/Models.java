package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.autolog.KnownInRun;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.objects.PublicMethods;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which training a model is in: one for each run that fits it, however often. A model counts its iterations over all fits. */
final class Models {

    static final String MODEL = "org.deeplearning4j.nn.api.Model";
    static final String NETWORK = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork";
    static final String GRAPH = "org.deeplearning4j.nn.graph.ComputationGraph";

    private final Recorder recorder;
    private final KnownInRun<ModelLog> known = new KnownInRun<>();

    Models(Recorder recorder) {
        this.recorder = recorder;
    }

    /** What the thread's run records of a model, begun if there is nothing yet; null where the thread has no run. */
    @Nullable
    ModelLog begun(Object model) {
        CurrentRun run = recorder.runOfTraining();
        ModelLog log = known.get(model, run);
        if (log == null && run != null) {
            Class<?> type = PublicMethods.typeOf(model.getClass(), isNetwork(model) ? NETWORK : GRAPH);
            log = new ModelLog(recorder.begin(run, Objects.requireNonNull(type)));
            known.put(model, run, log);
        }
        return log;
    }

    /** The same; null for nothing yet. */
    @Nullable
    ModelLog of(Object model) {
        return known.get(model, recorder.run());
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
