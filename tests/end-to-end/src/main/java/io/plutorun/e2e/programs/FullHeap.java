package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.util.concurrent.locks.LockSupport;

/**
 * Two runs after each other. In the first one the heap is full for a while, during which values are logged, as before and behind. Each value
 * is its own place in its series: one with the program's own steps, one with the agent's, one logged to whatever run is the current one.
 * Waits for the test's word before the heap is filled, and before the first run ends.
 */
public final class FullHeap {

    /** How many values of each series the first run logs, and between which two of them the heap is full. */
    public static final int VALUES = 300;

    public static final int FULL_FROM = 50;
    public static final int FULL_TO = 250;

    public static final String OWN_STEP = "own step";
    public static final String GIVEN_STEP = "given step";
    public static final String OF_CURRENT_RUN = "of the current run";

    private static final int PIECE = 1 << 16;
    private static final long PAUSE_NANOS = 10_000_000;

    private FullHeap() {}

    /** Takes nothing. */
    public static void main(String[] args) {
        first();
        second();
        System.out.println("done");
    }

    @PlutoRun(project = "full heap", name = "first")
    private static void first() {
        Run run = Pluto.current();
        log(run, 0, FULL_FROM);
        Signs.awaitWord();
        byte[][] hoard = new byte[1 << 20][];
        fill(hoard);
        log(run, FULL_FROM, FULL_TO);
        hoard = null;
        log(run, FULL_TO, VALUES);
        Signs.awaitWord();
    }

    @PlutoRun(project = "full heap", name = "second")
    private static void second() {
        log(Pluto.current(), 0, VALUES);
    }

    /** Makes no object. */
    private static void log(Run run, int from, int to) {
        for (int value = from; value < to; value++) {
            run.log(OWN_STEP, value);
            run.log(GIVEN_STEP, value, value);
            Pluto.log(OF_CURRENT_RUN, value);
            LockSupport.parkNanos(PAUSE_NANOS);
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
