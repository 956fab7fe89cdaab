package io.plutorun.agent.metrics.buffer;

/** Numbers the segments of a process in the order in which they are made, whatever their kind. For one thread. */
final class SegmentNumbers {

    private long last;

    long next() {
        return ++last;
    }
}
