package io.plutorun.agent.ingest;

/**
 * The run that values are of.
 *
 * @param id its number on the server, greater than 0
 * @param project its project, as the server names it
 * @param key how the run is known on disk, by all of its processes
 * @param mayBeResumed whether another process may go on with the run by the same key
 * @param resumed whether the run existed before this process, so that it may have values
 */
public record UploadedRun(long id, String project, String key, boolean mayBeResumed, boolean resumed) {}
