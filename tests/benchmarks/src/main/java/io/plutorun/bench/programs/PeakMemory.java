package io.plutorun.bench.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest program that tells, as its last act, how much memory it took at most: kilobytes. */
public final class PeakMemory {

    private PeakMemory() {}

    public static void main(String[] args) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                System.out.println(line.substring("VmHWM:".length(), line.length() - "kB".length())
                        .strip());
            }
        }
    }
}
