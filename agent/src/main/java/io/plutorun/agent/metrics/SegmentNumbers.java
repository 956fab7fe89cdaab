package io.plutorun.agent.metrics;

/** Numbers the segments of a process in the order in which they are made, whatever their kind. For one thread. */
final class SegmentNumbers {

    static final String PREFIX = "values-";

    static final String SUFFIX = ".seg";

    private long last;

    long next() {
        return ++last;
    }
}
