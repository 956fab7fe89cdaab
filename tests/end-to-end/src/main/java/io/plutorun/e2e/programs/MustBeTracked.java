package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.IOException;

/** Tells what came of a tracked call, and where it is told to stay, lives on until its standard input ends. */
public final class MustBeTracked {

    private MustBeTracked() {}

    public static void main(String[] args) throws IOException {
        boolean stays = args.length > 0 && args[0].equals("stay");
        try {
            train();
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getName() + " " + e.getMessage());
        }
        while (stays && System.in.read() >= 0) {
            // nothing is said there
        }
    }

    @PlutoRun(project = "work")
    static void train() {
        System.out.println("executes");
    }
}
