package io.plutorun.fake.ingest;

/**
 * A row that {@code /ingest/data} stored. Rows are never merged: one that was sent twice is here twice.
 *
 * @param time in milliseconds, as it was sent
 * @param type {@code string-series}, {@code TABLE}, {@code HISTOGRAM} or {@code GRAPH}, in the client's spelling
 * @param data a JSON document, but for a string series the text itself
 */
public record DataRow(long time, long step, String type, String name, String data) {}
