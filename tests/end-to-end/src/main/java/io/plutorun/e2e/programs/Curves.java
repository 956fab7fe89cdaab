package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Logs four metrics for so many steps, NaN and infinities among them, from the tracked thread and from a worker, and a string series, a
 * table and a histogram.
 */
public final class Curves {

    private Curves() {}

    public static void main(String[] args) throws InterruptedException {
        train(Integer.parseInt(args[0]));
        Pluto.log("late", 1);
        System.out.println("done");
    }

    @PlutoRun(project = "curves")
    static void train(int steps) throws InterruptedException {
        Run run = Pluto.current();
        run.log("phase", "fit");
        Thread worker = new Thread(() -> {
            for (int step = 0; step < steps; step++) {
                Pluto.log("worker/accuracy", step / 1000.0);
            }
        });
        worker.start();
        for (int step = 0; step < steps; step++) {
            run.log("train/loss", loss(step));
            run.log("train/own step", step * 0.5, 10L * step);
            Map<String, Number> several = new LinkedHashMap<>();
            several.put("lr", 1.0 / (step + 1));
            several.put("nothing", null);
            Pluto.log(several, step);
        }
        worker.join();
        run.log("phase", "evaluate");
        run.table("confusion", List.of("is", "count"), List.of(List.of("cat", 3), List.of("dog", 4)));
        run.histogram("weights", new double[] {1, 2, 2, 3}, 7);
    }

    /** A loss as a diverging training has it. */
    public static double loss(int step) {
        return switch (step % 10) {
            case 7 -> Double.NaN;
            case 8 -> Double.POSITIVE_INFINITY;
            case 9 -> Double.NEGATIVE_INFINITY;
            default -> 1.0 / (step + 1);
        };
    }
}
