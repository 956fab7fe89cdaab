package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.IOException;

/** Prints numbered lines, says so in a file, and waits for a line of standard input that says how many more. */
public final class PrintedParts {

    private PrintedParts() {}

    public static void main(String[] args) throws IOException {
        train(Integer.parseInt(args[0]), args.length > 1);
    }

    @PlutoRun(project = "console")
    private static void train(int lines, boolean waits) throws IOException {
        for (int i = 1; i <= lines; i++) {
            System.out.println("line " + i);
        }
        while (waits && System.in.read() >= 0) {}
    }
}
