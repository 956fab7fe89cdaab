package io.plutorun.agent.ingest;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.RunRecord;

/**
 * The run to which values are uploaded.
 *
 * @param id its number on the server, greater than 0
 * @param project its project, as the server names it
 * @param key the text by which all processes of the run recognise its files
 * @param mayBeResumed whether another process may go on with the run by the same key
 * @param resumed whether the run existed before this process, so that it may have values
 */
public record UploadedRun(long id, String project, String key, boolean mayBeResumed, boolean resumed) {

    /**
     * The run of a journal.
     *
     * @param start the journal's start
     * @param run the run as the server named it
     */
    public static UploadedRun of(RunRecord.Start start, StartedRun run) {
        return new UploadedRun(
                run.runId(),
                run.project() == null ? start.project() : run.project(),
                start.runKey(),
                !start.isOfItsOwn(),
                run.resumed());
    }
}
