package org.deeplearning4j.nn.api;

public interface Model {

    double score();

    long numParams();

    int batchSize();
}
