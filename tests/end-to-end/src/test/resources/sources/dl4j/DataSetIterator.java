package org.nd4j.linalg.dataset.api.iterator;

public class DataSetIterator {

    public final int batches;

    public DataSetIterator(int batches) {
        this.batches = batches;
    }
}
