package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** What every program does: takes arguments, prints, computes, and ends with an exit code of its own. */
public final class Work {

    private Work() {}

    public static void main(String[] args) {
        System.out.println("begins, ünïcödé");
        System.err.println("a warning of the program's own");
        int result = train(20);
        System.out.println("result " + result);
        System.exit(result % 50);
    }

    @PlutoRun(project = "work")
    static int train(int epochs) {
        int loss = 1;
        for (int epoch = 0; epoch < epochs; epoch++) {
            loss = loss * 31 + epoch;
            System.out.printf("epoch %d, loss %d%n", epoch, loss);
        }
        return Math.abs(loss);
    }
}
