package io.plutorun;

/**
 * The way from a line of code to the run that surrounds it.
 *
 * <pre>{@code
 * Pluto.current().url().ifPresent(url -> log.info("follow this training at {}", url));
 * }</pre>
 */
public final class Pluto {

    private Pluto() {}

    /**
     * The run that this code belongs to: that of the innermost tracked call on this thread, or that was carried here by
     * {@link Run#wrap(Runnable)}; on a thread that is in none, when exactly one run is active in the JVM, that one.
     *
     * @return the run, never null: without the agent, and where none of these is there, an inactive one
     */
    public static Run current() {
        return AgentDoor.current();
    }
}
