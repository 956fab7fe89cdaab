package org.deeplearning4j.nn.conf;

import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;

/** As in early versions, which count no epochs. */
public class ComputationGraphConfiguration {

    public int iterationCount;
    private final Map<String, GraphVertex> vertices;

    public ComputationGraphConfiguration(Map<String, GraphVertex> vertices) {
        this.vertices = vertices;
    }

    public Map<String, GraphVertex> getVertices() {
        return vertices;
    }

    public int getIterationCount() {
        return iterationCount;
    }
}
