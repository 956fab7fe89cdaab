package io.plutorun;

/** What a tracked call inside a tracked call on the same thread does. */
public enum Nesting {
    /** It is part of the outer run. This is the default. */
    JOIN,

    /** It opens a run of its own; when it ends, the outer run is current again. */
    NEW
}
