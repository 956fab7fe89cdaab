package io.plutorun.agent.metrics.report;

/** Why something that was logged is not kept. */
public enum Loss {
    /** There was no room in segments and memory: values came faster than they could be written. */
    TOO_FAST,
    /** The same, while the disk did not answer. */
    DISK_HUNG,
    /** The same, while the disk refused what was written: it is full, or may not be written. */
    DISK_REFUSED,
    /** Somebody truncated or damaged a file. */
    TRUNCATED,
    /** Somebody removed a file or its folder. */
    REMOVED,
    /** The limit of a run's values on disk was near, and only every second, fourth, … value was kept. */
    THINNED,
    /** The limit of a run's values on disk was reached. */
    LIMIT,
    /** The run has too many names. */
    NAMES,
    /** The step was negative, or larger than the pages can read. */
    STEP,
    /** A value had a place in the file, and was never written there: its thread was stopped, or the machine was. */
    TORN,
    /** What was logged could not be taken: its {@code toString()} threw, or the thread was out of stack or memory. */
    FAILED
}
