package org.deeplearning4j.nn.multilayer;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** Its overloads call each other as DL4J's do. */
public class MultiLayerNetwork implements Model {

    private final MultiLayerConfiguration configuration;
    private double score;

    public MultiLayerNetwork(MultiLayerConfiguration configuration) {
        this.configuration = configuration;
    }

    public void fit(MultiDataSetIterator data, int epochs) {
        for (int i = 0; i < epochs; i++) {
            fit(data);
        }
    }

    public void fit(MultiDataSetIterator data) {
        fit(new DataSetIterator(data.batches));
    }

    public void fit(DataSetIterator data) {
        for (int i = 0; i < data.batches; i++) {
            optimize();
        }
        new BaseOptimizer().epochEnds();
        configuration.epochCount++;
    }

    /** One batch. */
    public void fit(double[] features, double[] labels) {
        optimize();
    }

    private void optimize() {
        score = 7.0 / (3 + configuration.iterationCount);
        new BaseOptimizer().optimize(this, configuration.iterationCount);
    }

    public MultiLayerConfiguration getLayerWiseConfigurations() {
        return configuration;
    }

    @Override
    public double score() {
        return score;
    }

    @Override
    public long numParams() {
        if (configuration.iterationCount == 0) {
            throw new IllegalStateException("this would initialize the model");
        }
        return 67;
    }

    @Override
    public int batchSize() {
        return 20;
    }
}
