package org.deeplearning4j.nn.graph;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** Its overloads call each other as DL4J's do. */
public class ComputationGraph implements Model {

    private final ComputationGraphConfiguration configuration;
    private double score;

    public ComputationGraph(ComputationGraphConfiguration configuration) {
        this.configuration = configuration;
    }

    public void fit(DataSetIterator data, int epochs) {
        for (int i = 0; i < epochs; i++) {
            fit(data);
        }
    }

    public void fit(DataSetIterator data) {
        fit(new MultiDataSetIterator(data.batches));
    }

    public void fit(MultiDataSetIterator data) {
        for (int i = 0; i < data.batches; i++) {
            fit(new double[0], new double[0]);
        }
        new BaseOptimizer().epochEnds();
    }

    public void fit(double[] features, double[] labels) {
        score = 5.0 / (3 + configuration.iterationCount);
        new BaseOptimizer().optimize(this, configuration.iterationCount);
    }

    public ComputationGraphConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public double score() {
        return score;
    }

    @Override
    public long numParams() {
        return 11;
    }

    /** As DL4J does where a model has no labels. */
    @Override
    public int batchSize() {
        throw new NullPointerException();
    }
}
