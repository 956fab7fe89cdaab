package io.plutorun.agent.metrics.report;

/** Why something that was logged is not kept. */
public enum Loss {
    /** The memory between the program's threads and the disk was full: values came faster than they could be written. */
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
    /** The value was claimed a place in the file, and never written: its thread was stopped, or the machine was. */
    TORN
}
