package io.plutorun.agent.delivery;

/** What is delivered first. */
enum Urgency {
    /** A tracked call waits for it. */
    START,
    /** Nobody waits for it, but when the JVM ends it is what counts most. */
    VERDICT,
    /** Tags, config, signs of life. */
    REST;

    /**
     * The place in the queue, lowest first.
     *
     * @param jvmEnds whether the JVM ends: then no call waits for a start any more
     */
    int place(boolean jvmEnds) {
        return switch (this) {
            case START -> jvmEnds ? 1 : 0;
            case VERDICT -> jvmEnds ? 0 : 1;
            case REST -> 2;
        };
    }
}
