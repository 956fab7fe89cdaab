package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** Ends by an exception that nobody catches, with a cause and a suppressed one. */
public final class Throwing {

    private Throwing() {}

    public static void main(String[] args) {
        RuntimeException made = new IllegalStateException("made elsewhere");
        try {
            rethrow(made);
        } catch (RuntimeException e) {
            System.out.println(e == made);
        }
        train(3);
    }

    @PlutoRun(project = "verdicts")
    static void rethrow(RuntimeException made) {
        throw made;
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
