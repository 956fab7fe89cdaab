package org.deeplearning4j.nn.conf;

import org.deeplearning4j.nn.conf.layers.Layer;

public class NeuralNetConfiguration {

    private final Layer layer;

    public NeuralNetConfiguration(Layer layer) {
        this.layer = layer;
    }

    public Layer getLayer() {
        return layer;
    }

    public long getSeed() {
        return 12;
    }
}
