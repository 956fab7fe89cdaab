package org.deeplearning4j.nn.conf;

import java.util.List;

public class MultiLayerConfiguration {

    public int iterationCount;
    public int epochCount;
    private final List<NeuralNetConfiguration> configurations;

    public MultiLayerConfiguration(List<NeuralNetConfiguration> configurations) {
        this.configurations = configurations;
    }

    public List<NeuralNetConfiguration> getConfs() {
        return configurations;
    }

    public int getIterationCount() {
        return iterationCount;
    }

    public int getEpochCount() {
        return epochCount;
    }
}
