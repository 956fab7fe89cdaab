package io.plutorun.agent.delivery;

import io.plutorun.agent.api.StatusEvent;
import java.util.List;

/**
 * Whether a run that has ended on the server may be taken up again: only where nobody has ended it, but the server's own watch, which
 * takes a run for dead when it has not heard of it for 150 s (docs/pluto-api.md): a suspended laptop, a long pause, a partition.
 */
final class RevivalRule {

    private static final String WATCH = "stale-monitor";

    private RevivalRule() {}

    /** Judges by the run's history. A cancel on its page leaves no trace there, and must be asked for beside. */
    static boolean mayRevive(List<StatusEvent> history) {
        return lastSource(history).equals(WATCH);
    }

    /** Who changed the run's state last, as the server names it; empty where it does not say. */
    static String lastSource(List<StatusEvent> history) {
        return history.isEmpty() ? "" : history.get(history.size() - 1).source();
    }
}
