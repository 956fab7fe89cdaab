package io.plutorun.agent.sample;

/** A number that the system only ever adds to, as it was at the last look. */
final class Counter {

    private long last = -1;

    /**
     * Takes what the number is now.
     *
     * @return how much was added since the last look; -1 at the first one, so that time has passed else, and where the number was set back
     */
    long added(long now) {
        long before = last;
        last = now;
        return before < 0 || now < before ? -1 : now - before;
    }
}
