package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.util.concurrent.locks.LockSupport;

/**
 * Logs while the heap is full: some values before, more of them until it has room again, and some behind. Each value is its own place in its
 * series, with the agent's steps in one series and the program's own in the other.
 */
public final class FullHeap {

    /** How many values of each series are logged, and between which two of them the heap is full. */
    public static final int VALUES = 300;

    public static final int FULL_FROM = 50;
    public static final int FULL_TO = 200;

    private static final int PIECE = 1 << 16;

    private FullHeap() {}

    /** Takes nothing. */
    public static void main(String[] args) {
        train();
        System.out.println("done");
    }

    @PlutoRun(project = "full heap", name = "full")
    private static void train() {
        Run run = Pluto.current();
        log(run, 0, FULL_FROM);
        Signs.awaitGoOn();
        byte[][] hoard = new byte[1 << 20][];
        fill(hoard);
        log(run, FULL_FROM, FULL_TO);
        hoard = null;
        log(run, FULL_TO, VALUES);
    }

    /** Makes no object. */
    private static void log(Run run, int from, int to) {
        for (int value = from; value < to; value++) {
            run.log("own step", value);
            run.log("given step", value, value);
            LockSupport.parkNanos(10_000);
        }
    }

    private static void fill(byte[][] hoard) {
        int kept = 0;
        for (int size = PIECE; size >= 1; size /= 2) {
            try {
                while (true) {
                    hoard[kept++] = new byte[size];
                }
            } catch (OutOfMemoryError full) {
                // with smaller pieces
            }
        }
    }
}
