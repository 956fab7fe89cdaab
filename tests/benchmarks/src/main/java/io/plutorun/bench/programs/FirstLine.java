package io.plutorun.bench.programs;

import io.plutorun.PlutoRun;

/** Tells when the first line of a tracked method is executed: milliseconds since 1970. */
public final class FirstLine {

    private FirstLine() {}

    public static void main(String[] args) {
        train();
    }

    @PlutoRun(project = "bench")
    static void train() {
        System.out.println(System.currentTimeMillis());
    }
}
