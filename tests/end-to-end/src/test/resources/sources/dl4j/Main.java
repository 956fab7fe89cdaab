import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** Trains with stand-ins for DL4J's models: DL4J's own need native libraries of some 100 MB. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        MultiLayerNetwork network = network();
        if (arguments.length > 0) {
            BaseOptimizer.quiet = true;
            try {
                while (true) {
                    network.fit(new DataSetIterator(3));
                }
            } finally {
                System.out.println("finally");
            }
        }
        System.out.println("== dl4j");
        network.fit(new MultiDataSetIterator(3), 4);
        network.fit(new double[0], new double[0]);
        System.out.println("== dl4j.2");
        graph().fit(new DataSetIterator(2), 3);
        System.out.println("trained");
    }

    private static MultiLayerNetwork network() {
        return new MultiLayerNetwork(new MultiLayerConfiguration(Arrays.asList(layer(4, 8), new NeuralNetConfiguration(
                new OwnLayer(8, 3)))));
    }

    private static NeuralNetConfiguration layer(long in, long out) {
        return new NeuralNetConfiguration(new DenseLayer(in, out));
    }

    /** Not public. */
    static final class OwnLayer extends DenseLayer {
        OwnLayer(long in, long out) {
            super(in, out);
        }
    }

    private static ComputationGraph graph() {
        Map<String, GraphVertex> vertices = new LinkedHashMap<>();
        vertices.put("left", new LayerVertex(layer(4, 8)));
        vertices.put("both", new MergeVertex());
        return new ComputationGraph(new ComputationGraphConfiguration(vertices));
    }
}
