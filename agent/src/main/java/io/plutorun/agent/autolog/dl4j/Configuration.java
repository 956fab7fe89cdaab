package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model is configured, by its public getters: the same as JSON would start the program's Jackson, and be far longer. What is the
 * same for all layers stands once.
 */
final class Configuration {

    private static final int MAX_LAYERS = 100;
    private static final String LAYER_CONFIGURATION = "()Lorg/deeplearning4j/nn/conf/NeuralNetConfiguration;";
    private static final String UPDATER = "org.nd4j.linalg.learning.config.IUpdater";

    /**
     * A getter.
     *
     * @param key what config calls it
     * @param name the getter's name
     * @param descriptor how it is declared
     */
    private record Getter(String key, String name, String descriptor) {}

    /** What tells layers apart. */
    private static final List<Getter> OF_LAYER = List.of(
            new Getter("n_in", "getNIn", "()J"),
            new Getter("n_in", "getNIn", "()I"),
            new Getter("n_out", "getNOut", "()J"),
            new Getter("n_out", "getNOut", "()I"),
            new Getter("activation", "getActivationFn", "()Lorg/nd4j/linalg/activations/IActivation;"),
            new Getter("loss", "getLossFn", "()Lorg/nd4j/linalg/lossfunctions/ILossFunction;"),
            new Getter("kernel_size", "getKernelSize", "()[I"),
            new Getter("stride", "getStride", "()[I"));

    /** What layers have in common, mostly. */
    private static final List<Getter> OF_TRAINING = List.of(
            new Getter("updater", "getUpdater", "()Lorg/deeplearning4j/nn/conf/Updater;"), // once the name alone
            new Getter("updater", "getIUpdater", "()L" + UPDATER.replace('.', '/') + ";"),
            new Getter("learning_rate", "getLearningRate", "()D"),
            new Getter("weight_init", "getWeightInitFn", "()Lorg/deeplearning4j/nn/weights/IWeightInit;"),
            new Getter("weight_init", "getWeightInit", "()Lorg/deeplearning4j/nn/weights/WeightInit;"),
            new Getter("dropout", "getIDropout", "()Lorg/deeplearning4j/nn/conf/dropout/IDropout;"),
            new Getter("dropout", "getDropOut", "()D"),
            new Getter("regularization", "getRegularization", "()Ljava/util/List;"),
            new Getter("l1", "getL1", "()D"),
            new Getter("l2", "getL2", "()D"));

    /** The same, of the configuration that a layer is in. */
    private static final List<Getter> OF_NETWORK = List.of(
            new Getter("seed", "getSeed", "()J"),
            new Getter(
                    "optimization_algo", "getOptimizationAlgo", "()Lorg/deeplearning4j/nn/api/OptimizationAlgorithm;"),
            new Getter("mini_batch", "isMiniBatch", "()Z"));

    private final Map<String, @Nullable Object> layers = new LinkedHashMap<>();

    /** What layers may have in common, by key and layer. */
    private final Map<String, Map<String, Object>> common = new LinkedHashMap<>();

    private int count;

    private Configuration() {}

    static Map<String, @Nullable Object> of(Object model) throws Throwable {
        return new Configuration().read(model);
    }

    private Map<String, @Nullable Object> read(Object model) throws Throwable {
        Object configuration = Models.configuration(model);
        String owner = configuration.getClass().getName();
        if (Models.isNetwork(model)) {
            List<?> all = (List<?>) PublicMethods.call(configuration, owner, "getConfs", List.class);
            for (Object one : Objects.requireNonNull(all)) {
                layer("layer" + count, Objects.requireNonNull(one));
            }
        } else {
            Map<?, ?> all = (Map<?, ?>) PublicMethods.call(configuration, owner, "getVertices", Map.class);
            for (Map.Entry<?, ?> vertex : Objects.requireNonNull(all).entrySet()) {
                vertex(String.valueOf(vertex.getKey()), Objects.requireNonNull(vertex.getValue()));
            }
        }
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        read.put("model", model.getClass().getSimpleName());
        read.put("num_layers", count);
        common.forEach((key, byLayer) -> {
            Set<Object> values = new LinkedHashSet<>(byLayer.values());
            read.put(key, values.size() == 1 ? values.iterator().next() : byLayer);
        });
        read.put("layers", layers);
        return read;
    }

    private void vertex(String name, Object vertex) throws Throwable {
        Object layerConfiguration = Getters.value(vertex, "getLayerConf", LAYER_CONFIGURATION);
        if (layerConfiguration != null) {
            layer(name, layerConfiguration);
        } else if (layers.size() < MAX_LAYERS) {
            layers.put(name, Map.of("type", vertex.getClass().getSimpleName()));
        }
    }

    private void layer(String name, Object configuration) throws Throwable {
        if (count++ >= MAX_LAYERS) {
            return;
        }
        Object layer = Objects.requireNonNull(PublicMethods.call(
                configuration,
                configuration.getClass().getName(),
                "getLayer",
                "()Lorg/deeplearning4j/nn/conf/layers/Layer;"));
        Map<String, @Nullable Object> its = new LinkedHashMap<>();
        its.put("type", layer.getClass().getSimpleName());
        its.putAll(values(layer, OF_LAYER));
        layers.put(name, its);
        Map<String, Object> training = values(layer, OF_TRAINING);
        training.putAll(values(configuration, OF_NETWORK));
        learningRate(layer, training);
        training.forEach((key, value) ->
                common.computeIfAbsent(key, first -> new LinkedHashMap<>()).put(name, value));
    }

    private static Map<String, Object> values(Object object, List<Getter> getters) throws Throwable {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Getter getter : getters) {
            Object value = Getters.plain(Getters.value(object, getter.name(), getter.descriptor()));
            if (value != null && !value.equals(Double.NaN) && !value.equals(List.of())) {
                values.put(getter.key(), value);
            }
        }
        return values;
    }

    /** Today it is the updater's, of the first iteration; once it was the layer's. */
    private static void learningRate(Object layer, Map<String, Object> training) throws Throwable {
        Object updater = Getters.value(layer, "getIUpdater", "()L" + UPDATER.replace('.', '/') + ";");
        if (updater == null || training.containsKey("learning_rate")) {
            return;
        }
        try {
            MethodType type = MethodType.methodType(double.class, int.class, int.class);
            double rate = (Double)
                    Objects.requireNonNull(PublicMethods.call(updater, UPDATER, "getLearningRate", type, 0, 0));
            if (!Double.isNaN(rate)) {
                training.put("learning_rate", rate);
            }
        } catch (NoSuchMethodException e) {
            // the updater's text has it
        }
    }
}
