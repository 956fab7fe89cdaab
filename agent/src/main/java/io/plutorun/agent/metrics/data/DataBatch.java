package io.plutorun.agent.metrics.data;

import io.plutorun.agent.metrics.disk.BatchReader;
import io.plutorun.agent.metrics.disk.Mark.Place;
import java.util.Map;

/**
 * Records for one request to {@code /ingest/data}. The server keeps each copy that it gets, so a request whose answer was lost is not to be
 * repeated blindly.
 *
 * @param body lines of {@code {"time":…,"data":…,"step":…,"dataType":…,"logName":…}}, in UTF-8
 * @param lines how many
 * @param names the names that occur
 * @param lastSteps the same, with the largest step of each
 * @param firstSequence the number of the first record of this process that is in it
 * @param end where the files go on behind it, with the number of the last record
 */
@SuppressWarnings("ArrayRecordComponent") // a batch is never compared; its body is sent as it is
public record DataBatch(
        byte[] body, int lines, Map<String, DataKind> names, Map<String, Long> lastSteps, long firstSequence, Place end)
        implements BatchReader.Batch {}
