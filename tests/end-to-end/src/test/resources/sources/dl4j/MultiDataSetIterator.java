package org.nd4j.linalg.dataset.api.iterator;

public class MultiDataSetIterator {

    public final int batches;

    public MultiDataSetIterator(int batches) {
        this.batches = batches;
    }
}
