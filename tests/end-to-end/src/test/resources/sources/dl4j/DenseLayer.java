package org.deeplearning4j.nn.conf.layers;

public class DenseLayer extends Layer {

    public DenseLayer(long in, long out) {
        super(in, out);
    }
}
