package io.plutorun.e2e.programs;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tracks nothing; tells which threads it has, how many were ever started, and what it holds open to write or to talk. */
public final class Idle {

    private Idle() {}

    public static void main(String[] args) throws IOException {
        Set<String> threads = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            threads.add(thread.getName());
        }
        System.out.println("threads " + threads);
        System.out.println("started " + ManagementFactory.getThreadMXBean().getTotalStartedThreadCount());
        System.out.println("open " + openForWriting());
        System.out.println("files " + List.of(new File(".").list()));
    }

    /** Sockets, and files that may be written to, beside the three standard streams. */
    private static Set<String> openForWriting() throws IOException {
        Set<String> open = new TreeSet<>();
        for (String number : new File("/proc/self/fd").list()) {
            Path descriptor = Path.of("/proc/self/fd", number);
            if (Integer.parseInt(number) > 2 && Files.exists(descriptor) && isWritable(number)) {
                open.add(Files.readSymbolicLink(descriptor).toString());
            }
        }
        return open;
    }

    /**
     * A socket is always open for both, by its flags. Not read by a channel: the first one makes the JDK open a socket for good, which may
     * get the number of a file that one of the JVM's own threads had open for a moment.
     */
    private static boolean isWritable(String number) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream("/proc/self/fdinfo/" + number), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("flags:")) {
                    return (Integer.parseInt(line.substring("flags:".length()).strip(), 8) & 3) != 0;
                }
            }
        } catch (FileNotFoundException e) {
            // one of the JVM's own threads has just closed it
        }
        return false;
    }
}
