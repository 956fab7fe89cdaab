package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/**
 * Catches the exception of one tracked call, and prints whether it is the object that was thrown. Then ends by the exception of another
 * call, which has a cause and a suppressed exception, and which nobody catches.
 */
public final class Throwing {

    private Throwing() {}

    public static void main(String[] args) {
        RuntimeException original = new IllegalStateException("made elsewhere");
        try {
            rethrow(original);
        } catch (RuntimeException e) {
            System.out.println(e == original);
        }
        train(3);
    }

    @PlutoRun(project = "verdicts")
    static void rethrow(RuntimeException original) {
        throw original;
    }

    @PlutoRun(project = "verdicts")
    static void train(int epoch) {
        try {
            step(epoch);
        } catch (ArithmeticException e) {
            RuntimeException wrapper = new IllegalStateException("diverged at epoch " + epoch, e);
            wrapper.addSuppressed(new Exception("and the checkpoint is gone"));
            throw wrapper;
        }
    }

    private static void step(int epoch) {
        if (epoch / (epoch - 3) > 0) {
            System.out.println("not reached");
        }
    }
}
