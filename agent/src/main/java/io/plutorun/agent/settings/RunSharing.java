package io.plutorun.agent.settings;

/** Which other processes share a run: the values of options that say so. */
public final class RunSharing {

    private RunSharing() {}

    /** What JVMs that a run's code starts are to the run. */
    public enum Children {
        /** Programs of their own. */
        APART,
        /** They add values to it. */
        JOIN
    }

    /** Which tasks of a training add its values, in Spark's executors. */
    public enum Executors {
        /** That of the first partition. */
        FIRST,
        /** Each. */
        ALL,
        /** None. */
        NONE
    }
}
