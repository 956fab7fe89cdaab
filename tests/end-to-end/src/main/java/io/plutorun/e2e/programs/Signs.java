package io.plutorun.e2e.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a program and its test let each other know: the program that it is there, by a file; the test that it may go on, by ending stdin, or by
 * a byte of it where the program waits several times.
 */
final class Signs {

    private static final String THERE = "there";

    private Signs() {}

    /** The program is where the test wants it. */
    static void there() {
        reached(THERE);
    }

    /** The program has come so far: a file of that name says so. */
    static void reached(String place) {
        try {
            Files.createFile(Path.of(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the test says that the program may go on; the test may say so again later. */
    static void awaitWord() {
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("the test has said no more");
            }
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
