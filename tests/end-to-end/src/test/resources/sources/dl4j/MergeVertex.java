package org.deeplearning4j.nn.conf.graph;

public class MergeVertex extends GraphVertex {}
