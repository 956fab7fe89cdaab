package io.plutorun.e2e.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a program and its test let each other know: the program that it is there, by a file; the test that it may go on, by ending stdin. */
final class Signs {

    private static final Path THERE = Path.of("there");

    private Signs() {}

    /** The program is where the test wants it. */
    static void there() {
        try {
            Files.createFile(THERE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the test has ended the program's stdin. */
    static void awaitGoOn() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said there
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
