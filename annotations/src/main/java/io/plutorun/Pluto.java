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
     * The run of the innermost tracked call on this thread.
     *
     * @return the run, never null: without the agent, and outside any tracked call, an inactive one
     */
    public static Run current() {
        return AgentDoor.current();
    }
}
