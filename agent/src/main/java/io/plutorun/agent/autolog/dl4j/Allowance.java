package io.plutorun.agent.autolog.dl4j;

/** Which values of a curve are recorded: the first ones all, so that a short training is complete, and then at most ten a second. */
final class Allowance {

    static final int FIRST = 1_000;
    private static final long NANOS_BETWEEN = 100_000_000;

    private int given;
    private long last;

    /** Whether a value of this moment is recorded. */
    boolean permits(long now) {
        if (given >= FIRST && now - last < NANOS_BETWEEN) {
            return false;
        }
        given = Math.min(given + 1, FIRST);
        last = now;
        return true;
    }
}
