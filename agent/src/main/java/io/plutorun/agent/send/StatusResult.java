package io.plutorun.agent.send;

import io.plutorun.agent.api.RunStatus;

/** What the server made of a word on a run's state: it answers well also where it keeps another one. */
public sealed interface StatusResult {

    /**
     * The server holds what it was told.
     *
     * @param revived whether it had declared the run dead meanwhile, so that the run had to be resumed first
     */
    record Noted(boolean revived) implements StatusResult {}

    /**
     * Somebody has decided otherwise, and that stays.
     *
     * @param status what the server holds
     * @param by who set it, as the server names it: {@code api}, {@code resume}…; empty for a cancel on the run's page, which leaves no
     *     trace in the history, and where the history could not be read
     */
    record Overruled(RunStatus status, String by) implements StatusResult {}
}
