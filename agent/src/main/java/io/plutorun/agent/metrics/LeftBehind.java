package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.disk.DamagedSegmentException;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.Mark;
import io.plutorun.agent.metrics.disk.SegmentReader;
import io.plutorun.agent.metrics.disk.SegmentReader.Found;
import io.plutorun.agent.metrics.disk.StepStarts;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What another process of the run has left unsent in its folder.
 *
 * @param largestSteps the largest step of each name, as far as it is known
 * @param ownSteps how many own steps were used of each name of which nobody knows yet where they begin
 */
public record LeftBehind(Map<String, Long> largestSteps, Map<String, Long> ownSteps) {

    /** Whether values are there. */
    public boolean isEmpty() {
        return largestSteps.isEmpty() && ownSteps.isEmpty();
    }

    /**
     * Reads a folder, to which a process may be writing; empty when its values are not of this run.
     *
     * @param runKey how the run is known on disk
     * @throws IOException when the folder can't be read
     */
    public static LeftBehind read(Path folder, String runKey) throws IOException {
        LeftBehind left = new LeftBehind(new HashMap<>(), new HashMap<>());
        Mark.Place sent = new Mark(folder.resolve("values.sent")).read();
        StepStarts starts = new StepStarts(folder.resolve("values.steps"));
        for (Map.Entry<Long, Path> file :
                new Folder(folder).segmentsFrom(sent.file()).entrySet()) {
            try (SegmentReader segment = SegmentReader.open(file.getValue())) {
                if (!segment.header().isOf(runKey)) {
                    break;
                }
                left.add(segment, file.getKey() == sent.file() ? sent.place() : 0, starts);
            } catch (NoSuchFileException | DamagedSegmentException e) {
                // its last values were sent at this moment, or it can't be sent either
            }
        }
        return left;
    }

    private void add(SegmentReader segment, long sent, StepStarts starts) throws IOException {
        for (Found found = segment.next(); found == Found.VALUE || found == Found.GAP; found = segment.next()) {
            if (found == Found.GAP) {
                segment.skip();
            } else if (segment.slot() > sent) {
                add(segment, starts);
            }
        }
    }

    private void add(SegmentReader value, StepStarts starts) {
        Long first = value.isRelative() ? starts.of(value.name()) : Long.valueOf(0);
        if (first == null) {
            ownSteps.merge(value.name(), value.step() + 1, Math::max);
        } else {
            largestSteps.merge(value.name(), first + value.step(), Math::max);
        }
    }
}
