package io.plutorun.fake;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows about a run at one moment; it does not change afterwards.
 *
 * <p>The JSON columns are given as maps, empty where the column is NULL or holds no object. Times are the server's own, by
 * {@link FakePluto#clock()}, save those that a client sent along.
 *
 * @param displayId for example {@code MPR-1}
 * @param organization the slug of the organization
 * @param statusUpdated null until a status is reported
 * @param events the status history, oldest first
 * @param heartbeats how many heartbeats were accepted, more than the server writes down (one in 30 s)
 * @param lastSeen the heartbeat row that the reaper reads, null when the run never beat
 * @param cancelRequested whether somebody pressed cancel; the request is never consumed
 * @param cancelledAt the last heartbeat that turned a cancel request into CANCELLED, which leaves no event
 */
public record FakeRun(
        long id,
        int number,
        String displayId,
        String name,
        String project,
        String organization,
        @Nullable String externalId,
        RunStatus status,
        List<String> tags,
        Map<String, @Nullable Object> config,
        Map<String, @Nullable Object> systemMetadata,
        Map<String, @Nullable Object> loggerSettings,
        Map<String, @Nullable Object> statusMetadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant statusUpdated,
        List<StatusEvent> events,
        List<LogName> logNames,
        @Nullable String notes,
        @Nullable Long forkedFromRunId,
        @Nullable Long forkStep,
        int heartbeats,
        @Nullable Instant lastSeen,
        boolean cancelRequested,
        @Nullable Instant cancelledAt,
        String url) {

    /** Its config without what the agent has noted of the environment. */
    public Map<String, @Nullable Object> configOfProgram() {
        Map<String, @Nullable Object> own = new LinkedHashMap<>(config);
        own.remove("environment");
        return own;
    }

    /** How often a terminal state was undone by a resume or by a create with a known externalId. */
    public int timesResumed() {
        return (int) events.stream().filter(e -> e.source().equals("resume")).count();
    }

    /** When the run ended, or empty while it runs. */
    public Optional<Instant> endedAt() {
        if (!status.isTerminal()) {
            return Optional.empty();
        }
        StatusEvent last = events.get(events.size() - 1);
        return last.to() == status ? Optional.of(last.at()) : Optional.ofNullable(cancelledAt);
    }
}
