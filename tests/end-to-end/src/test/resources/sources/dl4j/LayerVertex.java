package org.deeplearning4j.nn.conf.graph;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

public class LayerVertex extends GraphVertex {

    private final NeuralNetConfiguration configuration;

    public LayerVertex(NeuralNetConfiguration configuration) {
        this.configuration = configuration;
    }

    public NeuralNetConfiguration getLayerConf() {
        return configuration;
    }
}
