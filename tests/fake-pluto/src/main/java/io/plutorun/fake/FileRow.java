package io.plutorun.fake;

/**
 * A row that {@code /files} has made. Whether its bytes have come the storage knows.
 *
 * @param logName the name under which the pages show it
 * @param fileName what it is called
 * @param fileType an extension
 * @param fileSize how many bytes were promised
 * @param step the step
 * @param time milliseconds since 1970
 */
public record FileRow(String logName, String fileName, String fileType, long fileSize, long step, long time) {}
