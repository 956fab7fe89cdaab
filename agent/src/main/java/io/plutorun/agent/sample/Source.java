package io.plutorun.agent.sample;

import java.io.Closeable;

/** Knows some of the system's metrics. Used by one thread. */
interface Source extends Closeable {

    /** Adds what it knows now. What it throws ends its use. */
    void look(Sample sample);

    /** Gives back what it holds. */
    @Override
    default void close() {}
}
