package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.IOException;

/** Two tracked calls, of which the first goes on until the input ends. */
public final class TwoCalls {

    private TwoCalls() {}

    public static void main(String[] args) throws IOException {
        train("first");
        train("second");
    }

    @PlutoRun(project = "work")
    static void train(String which) throws IOException {
        while (System.in.read() >= 0) {
            // nothing is said there
        }
        System.out.println(which);
    }
}
