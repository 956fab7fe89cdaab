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
     * @param jvmEnding whether the JVM is ending: then no call waits for a start any more
     */
    int place(boolean jvmEnding) {
        return switch (this) {
            case START -> jvmEnding ? 1 : 0;
            case VERDICT -> jvmEnding ? 0 : 1;
            case REST -> 2;
        };
    }
}
