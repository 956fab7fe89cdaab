package io.plutorun.agent.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;

/**
 * Prints to stderr until the engine is loaded. One line a message, never on stdout.
 *
 * <p>Nobody may be reading stderr, and a write to a full pipe blocks for ever. So a daemon thread writes the line, and the caller waits
 * for it for a second at most; once a line was not written in that time, later ones are left out, and the program goes on.
 */
final class Stderr {

    private static final int MAX_WAIT_MILLIS = 1_000;

    private static volatile boolean stuck;

    private Stderr() {}

    static void line(String message) {
        if (stuck) {
            return;
        }
        try {
            Thread writer = new Thread(new Line("pluto: " + message + System.lineSeparator()), "pluto-stderr");
            writer.setDaemon(true);
            writer.setContextClassLoader(null);
            writer.start();
            writer.join(MAX_WAIT_MILLIS);
            stuck = writer.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) { // the process may have no more threads; the program must start all the same
            stuck = true;
        }
    }

    /** Not a lambda: see the rules of this package. To the descriptor: a program may have replaced {@code System.err}. */
    private static final class Line implements Runnable {

        private final String line;

        Line(String line) {
            this.line = line;
        }

        @Override
        public void run() {
            try {
                new FileOutputStream(FileDescriptor.err).write(line.getBytes(Charset.defaultCharset()));
            } catch (IOException e) {
                // nobody is there to be told
            }
        }
    }
}
