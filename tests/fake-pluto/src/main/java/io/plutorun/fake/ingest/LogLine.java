package io.plutorun.fake.ingest;

/**
 * A line of console output that {@code /ingest/logs} stored. Lines are never merged: one that was sent twice is here twice.
 *
 * @param time in milliseconds, as it was sent
 */
public record LogLine(long time, long lineNumber, String type, String message) {}
