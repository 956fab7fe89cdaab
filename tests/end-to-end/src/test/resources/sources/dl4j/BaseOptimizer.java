package org.deeplearning4j.optimize.solvers;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

public class BaseOptimizer {

    /** Set by a program that trains for ever. */
    public static boolean quiet;

    /** The program hears of the iteration first. */
    public void optimize(Model model, int iteration) {
        if (!quiet) {
            System.out.println("Score at iteration " + iteration + " is " + model.score());
        }
        incrementIterationCount(model, 1);
    }

    public void epochEnds() {
        if (!quiet) {
            System.out.println("epoch");
        }
    }

    public static void incrementIterationCount(Model model, int by) {
        if (model instanceof MultiLayerNetwork) {
            ((MultiLayerNetwork) model).getLayerWiseConfigurations().iterationCount += by;
        } else if (model instanceof ComputationGraph) {
            ((ComputationGraph) model).getConfiguration().iterationCount += by;
        }
    }
}
