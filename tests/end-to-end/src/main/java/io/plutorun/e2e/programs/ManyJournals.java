package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** Many tracked calls, one after the other. Every third throws. */
public final class ManyJournals {

    private ManyJournals() {}

    /** Takes how many. */
    public static void main(String[] args) {
        int calls = Integer.parseInt(args[0]);
        for (int i = 0; i < calls; i++) {
            try {
                train(i);
            } catch (IllegalStateException e) {
                // as every third does
            }
        }
    }

    @PlutoRun(project = "many", name = "${arg.number}")
    private static void train(int number) {
        if (number % 3 == 0) {
            throw new IllegalStateException("as intended");
        }
    }
}
