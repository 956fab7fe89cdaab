package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** Tells how many milliseconds two tracked calls took, one after the other, and when the program was done. */
public final class Timed {

    private Timed() {}

    public static void main(String[] args) {
        System.out.println(millis() + " " + millis() + " " + System.currentTimeMillis());
    }

    private static long millis() {
        long start = System.nanoTime();
        train();
        return (System.nanoTime() - start) / 1_000_000;
    }

    @PlutoRun(project = "work")
    static void train() {}
}
