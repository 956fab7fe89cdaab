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
final class Stderr implements Runnable {

    private static final int MAX_WAIT_MILLIS = 1_000;

    private static volatile boolean stuck;

    private final String line;

    private Stderr(String line) {
        this.line = line;
    }

    static void line(String message) {
        if (stuck) {
            return;
        }
        String line = "pluto: " + message;
        try {
            Thread writer = new Thread(new Stderr(line + System.lineSeparator()), "pluto-stderr");
            writer.setDaemon(true);
            writer.setContextClassLoader(null);
            writer.start();
            writer.join(MAX_WAIT_MILLIS);
            stuck = writer.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) { // the process may have no more threads; the program must start all the same
            stuck = true;
        } catch (SecurityException e) { // of a security manager, under which this is all that is left
            System.err.println(line);
        }
    }

    /** Writes to the descriptor: a program may have replaced {@code System.err}. */
    @Override
    public void run() {
        try {
            new FileOutputStream(FileDescriptor.err).write(line.getBytes(Charset.defaultCharset()));
        } catch (IOException | SecurityException e) {
            // nobody is there to be told
        }
    }
}
