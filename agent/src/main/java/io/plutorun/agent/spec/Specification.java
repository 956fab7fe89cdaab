package io.plutorun.agent.spec;

import io.plutorun.agent.api.RunDescription;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.identity.Identity;
import io.plutorun.agent.identity.StateFile;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Origin;
import io.plutorun.agent.settings.Source;
import java.time.Instant;
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

    /**
     * What a process asks for that only adds values to a run of another one.
     *
     * @param worker what the process is called
     * @param externalId the run's; null where it is not known
     */
    public static Specification ofWorker(
            String worker, Instant at, long runId, String project, @Nullable String externalId) {
        Map<String, @Nullable Object> known =
                externalId == null ? Map.of() : Map.of(RunDescription.EXTERNAL_ID, externalId);
        RunRecord.Start start = new RunRecord.Start(
                at,
                new RunRecord.Target.Resume(new RunReference.ByRunId(runId)),
                new RunDescription(project, worker, List.of(), Map.of(), known, Map.of()),
                new RunRecord.Part(0, 1, worker));
        return new Specification(
                new TrackedMethod(worker, "values", TrackedMethod.Attributes.NONE, List.of(), false),
                Map.of(),
                false,
                start,
                new Source(Origin.DEFAULT, Options.PROJECT.key(), false),
                Optional.empty(),
                null,
                List.of(),
                List.of());
    }

    /** No run comes of it: the next process, or one of this machine at this moment, may take the id that it was to have. */
    public void leaveState() {
        if (state != null) {
            state.ended(RunStatus.FAILED);
        }
    }

    /** Whether values are only added to a run of another process: that one starts it, keeps it alive and ends it. */
    public boolean isOfWorker() {
        return start.part().isWorker();
    }

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
