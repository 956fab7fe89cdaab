package org.deeplearning4j.nn.conf.layers;

public abstract class Layer {

    private final long in;
    private final long out;

    protected Layer(long in, long out) {
        this.in = in;
        this.out = out;
    }

    public long getNIn() {
        return in;
    }

    public long getNOut() {
        return out;
    }
}
