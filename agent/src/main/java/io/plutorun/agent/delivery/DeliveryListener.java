package io.plutorun.agent.delivery;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.StatusResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears what became of a run's records. Called on the agent's threads; must not block. */
public interface DeliveryListener {

    /** The server created or resumed the run. */
    void started(StartedRun run);

    /** A request was not answered; it will be sent again. */
    default void unanswered(Outcome<?> failure) {}

    /**
     * The server will not have the run. Its later records are not sent.
     *
     * @param forGood whether it never will: such a run is not kept for a later delivery
     */
    void refused(Outcome<?> answer, boolean forGood);

    /** The verdict has arrived. */
    default void ended(StartedRun run, RunRecord.End end) {}

    /** The server had taken the run for dead, since it had not heard of it for too long; it has been resumed. */
    default void revived(StartedRun run) {}

    /**
     * The server holds another state than the one that it was told, by somebody's decision, which stays.
     *
     * @param end the run's verdict; null while it is going on
     */
    default void overruled(StartedRun run, RunRecord.@Nullable End end, StatusResult.Overruled decision) {}

    /** The run has no room for these tags, and bears the others. */
    default void tagsLeftOut(StartedRun run, List<String> tags) {}

    /**
     * The server will not have a record other than the start; the ones after it are delivered all the same. A verdict that it will not have
     * stays in the journal, for a later delivery, unless the API says that there is no such run any more.
     */
    default void leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {}
}
