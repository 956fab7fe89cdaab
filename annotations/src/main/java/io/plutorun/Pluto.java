package io.plutorun;

/**
 * Gives the run that the calling code belongs to.
 *
 * <pre>{@code
 * Pluto.current().url().ifPresent(url -> log.info("follow this training at {}", url));
 * }</pre>
 */
public final class Pluto {

    private Pluto() {}

    /**
     * Returns the run of the innermost tracked call on this thread, or the run that {@link Run#wrap(Runnable)} carried to this thread. If
     * the thread has neither, and exactly one run is active in the JVM, it returns that run.
     *
     * @return the run, never null; an inactive one if there is no such run, or no agent
     */
    public static Run current() {
        return AgentDoor.current();
    }
}
