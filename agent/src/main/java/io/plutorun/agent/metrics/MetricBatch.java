package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.disk.Mark.Place;
import java.util.Set;

/**
 * Values for one request to {@code /ingest/metrics}.
 *
 * @param body lines of {@code {"time":…,"step":…,"data":{…}}}, in UTF-8
 * @param lines how many
 * @param values how many values are in them
 * @param names the names that occur
 * @param end where the files go on behind it
 */
@SuppressWarnings("ArrayRecordComponent") // a batch is never compared; its body is sent as it is
public record MetricBatch(byte[] body, int lines, int values, Set<String> names, Place end) {}
