package org.apache.spark.executor;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;

/** Runs a tracked method twice, as Spark's executor of this name may. */
public final class CoarseGrainedExecutorBackend {

    private CoarseGrainedExecutorBackend() {}

    public static void main(String[] arguments) {
        train();
        train();
    }

    @PlutoRun(project = "spark")
    static void train() {
        System.out.println("active " + Pluto.current().isActive());
    }
}
