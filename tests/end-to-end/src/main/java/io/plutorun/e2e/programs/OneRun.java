package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;

/** One tracked call, which tells what it sees of its run. */
public final class OneRun {

    private OneRun() {}

    public static void main(String[] args) {
        System.out.println("before: " + Pluto.current().isActive());
        train(0.1, 3);
        System.out.println("after: " + Pluto.current().isActive());
    }

    @PlutoRun(
            project = "digits",
            name = "one run",
            tags = "baseline",
            config = "optimizer.name=sgd",
            captureArguments = true)
    static void train(double learningRate, int epochs) {
        Run run = Pluto.current();
        System.out.println("active " + run.isActive() + ", resumed " + run.isResumed() + ", "
                + run.displayId().orElse("none"));
    }
}
