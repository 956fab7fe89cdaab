package io.plutorun.agent.spec;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.identity.Identity;
import io.plutorun.agent.identity.StateFile;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.settings.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks of the server, and where it came from.
 *
 * @param method the tracked method
 * @param arguments the captured arguments, by the names that they have in config
 * @param recordsResult whether the numbers in what the method returns are values of the run
 * @param start the record that the run begins with
 * @param project where the project came from
 * @param identity the id that was named; empty when a new run is wanted
 * @param state what keeps the run's id for the next process; null for nothing
 * @param notes what the start line tells: deployment settings that went over the annotation
 * @param warnings what was mended or left out
 */
public record Specification(
        TrackedMethod method,
        Map<String, @Nullable Object> arguments,
        boolean recordsResult,
        RunRecord.Start start,
        Source project,
        Optional<Identity> identity,
        @Nullable StateFile state,
        List<String> notes,
        List<String> warnings) {

    /** The same with these tags and this config. */
    public Specification withTagsAndConfig(List<String> tags, Map<String, @Nullable Object> config) {
        RunRecord.Start other = new RunRecord.Start(
                start.at(),
                start.target(),
                start.project(),
                start.name(),
                tags,
                config,
                start.loggerSettings(),
                start.systemMetadata(),
                start.part());
        return new Specification(method, arguments, recordsResult, other, project, identity, state, notes, warnings);
    }
}
