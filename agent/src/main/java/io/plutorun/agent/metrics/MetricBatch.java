package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.disk.BatchReader;
import io.plutorun.agent.metrics.disk.Mark.Place;
import java.util.Map;

/**
 * Values for one request to {@code /ingest/metrics}.
 *
 * @param body lines of {@code {"time":…,"step":…,"data":{…}}}, in UTF-8
 * @param lines how many
 * @param values how many values are in them
 * @param lastSteps the names that occur, with the largest step of each
 * @param end where the files go on behind it
 */
@SuppressWarnings("ArrayRecordComponent") // a batch is never compared; its body is sent as it is
public record MetricBatch(byte[] body, int lines, int values, Map<String, Long> lastSteps, Place end)
        implements BatchReader.Batch {}
