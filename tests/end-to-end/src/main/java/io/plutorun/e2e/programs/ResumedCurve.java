package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.util.concurrent.locks.LockSupport;

/**
 * One of the lives of a training that is killed and started again: logs a loss, whose steps it leaves to the agent, until it is killed, or, in
 * its last life, until it is through. The values of each life are greater than those of the lives before. A file {@code life-N} says that
 * {@link #VALUES} values are logged, and some time has passed since.
 */
public final class ResumedCurve {

    public static final int VALUES = 100;

    /** The first value of a life is this many times its number. */
    public static final int FIRST_VALUE = 1_000_000;

    private static final long BETWEEN_VALUES_NANOS = 1_000_000;

    private ResumedCurve() {}

    /** Takes the number of the life, and whether it is the last one. */
    public static void main(String[] args) {
        train(Integer.parseInt(args[0]), Boolean.parseBoolean(args[1]));
    }

    @PlutoRun(project = "curve")
    private static void train(int life, boolean isLast) {
        Run run = Pluto.current();
        for (int i = 0; !isLast || i < 2 * VALUES; i++) {
            run.log("loss", (double) FIRST_VALUE * life + i);
            LockSupport.parkNanos(BETWEEN_VALUES_NANOS);
            if (i == VALUES + VALUES / 2) {
                Signs.reached("life-" + life);
            }
        }
    }
}
