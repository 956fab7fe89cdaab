package autolog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Two small models, trained as users train them, without a line of tracking. DL4J itself logs the score of each iteration. */
public final class DL4JTraining {

    private static final int FEATURES = 4;
    private static final int CLASSES = 3;

    private DL4JTraining() {}

    public static void main(String[] arguments) {
        if (arguments[0].equals("forever")) {
            MultiLayerNetwork network = network();
            try {
                while (true) {
                    network.fit(data());
                }
            } finally {
                System.out.println("finally");
            }
        } else {
            trainNetwork();
            trainGraph();
        }
    }

    private static void trainNetwork() {
        System.out.println("== dl4j");
        MultiLayerNetwork network = network();
        network.setListeners(new ScoreIterationListener(1));
        DataSetIterator data = data();
        for (int epoch = 0; epoch < 4; epoch++) {
            network.fit(data);
            System.out.println("epoch");
        }
        network.fit(batch(7));
        end(network.getListeners(), network.params().sumNumber());
    }

    private static void trainGraph() {
        System.out.println("== dl4j.2");
        ComputationGraph graph = graph();
        graph.setListeners(new ScoreIterationListener(1));
        for (int epoch = 0; epoch < 3; epoch++) {
            graph.fit(data());
            System.out.println("epoch");
        }
        end(graph.getListeners(), graph.params().sumNumber());
    }

    private static void end(Iterable<?> listeners, Number parameters) {
        listeners.forEach(listener -> System.out.println("listener " + listener.getClass()));
        System.out.println("parameters " + parameters);
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder().seed(12).updater(new Sgd(0.1));
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(
                builder().list().layer(0, hidden()).layer(1, output()).build());
        network.init();
        return network;
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(builder()
                .graphBuilder()
                .addInputs("flower")
                .addLayer("hidden", hidden(), "flower")
                .addLayer("species", output(), "hidden")
                .setOutputs("species")
                .build());
        graph.init();
        return graph;
    }

    private static DenseLayer hidden() {
        return new DenseLayer.Builder()
                .nIn(FEATURES)
                .nOut(8)
                .activation(Activation.TANH)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static DataSetIterator data() {
        List<DataSet> batches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            batches.add(batch(i));
        }
        return new ExistingDataSetIterator(Collections.unmodifiableList(batches));
    }

    /** Flowers, whose species are known by the sizes of their leaves. */
    private static DataSet batch(long seed) {
        Random random = new Random(seed);
        float[][] features = new float[20][FEATURES];
        float[][] labels = new float[20][CLASSES];
        for (int row = 0; row < features.length; row++) {
            int species = random.nextInt(CLASSES);
            labels[row][species] = 1;
            for (int i = 0; i < FEATURES; i++) {
                features[row][i] = species - 1 + random.nextFloat();
            }
        }
        return new DataSet(Nd4j.create(features), Nd4j.create(labels));
    }
}
