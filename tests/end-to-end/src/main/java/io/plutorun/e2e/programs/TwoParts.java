package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;

/**
 * Logs two metrics and a string series in two parts, and ends with an exit code of its own. The test says when it may go on, and files say
 * how far it is: {@code first} after the first part, {@code second} after the second, {@code returned} after the tracked call.
 */
public final class TwoParts {

    private static final int EXIT_CODE = 3;

    private TwoParts() {}

    /** Takes the number of steps of either part. */
    public static void main(String[] args) {
        System.out.println("begins");
        int result = train(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        System.out.println("result " + result);
        Signs.reached("returned");
        Signs.awaitWord();
        System.exit(EXIT_CODE);
    }

    @PlutoRun(project = "parts")
    static int train(int first, int second) {
        Run run = Pluto.current();
        log(run, 0, first, "first");
        log(run, first, first + second, "second");
        return first + second;
    }

    private static void log(Run run, int from, int to, String part) {
        if (from < to) {
            run.log("part", part);
        }
        for (int step = from; step < to; step++) {
            run.log("loss", loss(step));
            run.log("accuracy", step / 8.0, 10L * step);
        }
        System.out.println(part + " part");
        Signs.reached(part);
        Signs.awaitWord();
    }

    /** The loss at a step. */
    public static double loss(long step) {
        return step % 10 == 9 ? Double.NaN : 1.0 / (step + 1);
    }
}
