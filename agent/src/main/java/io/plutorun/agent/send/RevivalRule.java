package io.plutorun.agent.send;

import io.plutorun.agent.api.StatusEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run that has ended on the server may be taken up again: only where nobody has ended it, but the server's own watch, which
 * takes a run for dead when it has not heard of it for 150 s (docs/pluto-api.md): a suspended laptop, a long pause, a partition.
 */
public final class RevivalRule {

    private static final String WATCH = "stale-monitor";

    private RevivalRule() {}

    /** Judges by the run's history. A cancel on its page leaves no trace there, and must be asked for beside. */
    public static boolean mayRevive(List<StatusEvent> history) {
        return lastSource(history).equals(WATCH);
    }

    /** Who changed the run's state last, as the server names it; empty where it does not say. */
    public static String lastSource(List<StatusEvent> history) {
        return history.isEmpty() ? "" : history.get(history.size() - 1).source();
    }

    /** When the run's state was changed last; null where the server does not say. */
    public static @Nullable Instant lastStamp(List<StatusEvent> history) {
        return history.isEmpty() ? null : history.get(history.size() - 1).at();
    }
}
