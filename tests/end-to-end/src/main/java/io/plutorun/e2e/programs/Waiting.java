package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** A tracked call that goes on until somebody ends the process. */
public final class Waiting {

    private Waiting() {}

    public static void main(String[] args) throws InterruptedException {
        train();
    }

    @PlutoRun(project = "digits", name = "waiting")
    static void train() throws InterruptedException {
        System.out.println("training");
        Thread.currentThread().join(); // waits for itself
    }
}
