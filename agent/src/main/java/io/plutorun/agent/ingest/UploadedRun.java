package io.plutorun.agent.ingest;

/**
 * The run to which values are uploaded.
 *
 * @param id its number on the server, greater than 0
 * @param project its project, as the server names it
 * @param key the text by which all processes of the run recognise its files
 * @param mayBeResumed whether another process may go on with the run by the same key
 * @param resumed whether the run existed before this process, so that it may have values
 */
public record UploadedRun(long id, String project, String key, boolean mayBeResumed, boolean resumed) {}
