package org.deeplearning4j.nn.conf.graph;

public abstract class GraphVertex {}
