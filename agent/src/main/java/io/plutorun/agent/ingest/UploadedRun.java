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
 * @param startedAt when this process started or resumed it, in ms since 1970
 */
public record UploadedRun(long id, String project, String key, boolean mayBeResumed, boolean resumed, long startedAt) {

    /** More than a process prints in a millisecond, on the average of its life. */
    private static final long LINES_A_MILLISECOND = 1000;

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
                run.resumed(),
                start.at().toEpochMilli());
    }

    /**
     * The number behind which the lines that this process prints are numbered. The pages sort lines by it, so that of a process that resumes
     * a run is larger than any before, whoever sends first; no answer of the server tells which those are.
     */
    long linesBefore() {
        return resumed ? startedAt * LINES_A_MILLISECOND : 0;
    }
}
