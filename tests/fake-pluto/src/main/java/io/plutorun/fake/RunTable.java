package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The database: projects, runs and their status events, under one lock.
 *
 * <p>Whoever reads or writes rows does it inside {@link #locked}, which is also what makes a create one transaction.
 */
final class RunTable {

    private record ProjectKey(String organization, String name) {}

    private final TestClock clock;
    private final Changes changes;
    private final Supplier<String> appUrl;
    private final Map<ProjectKey, ProjectRow> projects = new LinkedHashMap<>();
    private final Map<Long, RunRow> runs = new TreeMap<>();
    private long nextEventId = 1;

    RunTable(TestClock clock, Changes changes, Supplier<String> appUrl) {
        this.clock = clock;
        this.changes = changes;
        this.appUrl = appUrl;
    }

    <T> T locked(Supplier<T> transaction) {
        try {
            synchronized (this) {
                return transaction.get();
            }
        } finally {
            changes.happened();
        }
    }

    Instant now() {
        return clock.now();
    }

    @Nullable
    ProjectRow findProject(Organization organization, String name) {
        return projects.get(new ProjectKey(organization.slug(), name));
    }

    ProjectRow addProject(Organization organization, String name, Instant createdAt, Instant updatedAt) {
        ProjectRow project = new ProjectRow(projects.size() + 1, organization, name, createdAt, updatedAt);
        projects.put(new ProjectKey(organization.slug(), name), project);
        return project;
    }

    List<ProjectRow> projects(Organization organization) {
        return projects.values().stream()
                .filter(project -> project.organization.equals(organization))
                .toList();
    }

    Collection<RunRow> rows() {
        return runs.values();
    }

    List<RunRow> rows(Organization organization) {
        return runs.values().stream()
                .filter(run -> run.project.organization.equals(organization))
                .toList();
    }

    /** Another organization's run is as good as none. */
    Optional<RunRow> find(Organization organization, long id) {
        return Optional.ofNullable(runs.get(id)).filter(run -> run.project.organization.equals(organization));
    }

    @Nullable
    RunRow find(ProjectRow project, String externalId) {
        return runs.values().stream()
                .filter(run -> run.project == project && externalId.equals(run.externalId))
                .findFirst()
                .orElse(null);
    }

    RunRow get(long id) {
        RunRow run = runs.get(id);
        if (run == null) {
            throw new IllegalArgumentException("there is no run " + id + "; there are " + runs.keySet());
        }
        return run;
    }

    RunRow insert(ProjectRow project, int number, RunRow.NewRun values, ApiKey key) {
        RunRow run = new RunRow(runs.size() + 1L, number, project, values);
        runs.put(run.id, run);
        String actor = project.organization.userId();
        run.events.add(new StatusEvent(
                nextEventId++, null, RunStatus.RUNNING, "api", null, actor, key.id(), values.createdAt()));
        return run;
    }

    /** Writes a status and, when it is another one, the event. {@code key} is null when the server acts by itself. */
    void transition(
            RunRow run,
            RunStatus to,
            String source,
            @Nullable JsonNode metadata,
            @Nullable Instant reportedAt,
            @Nullable ApiKey key) {
        Instant now = clock.now();
        Instant at = reportedAt == null ? now : reportedAt;
        RunStatus from = run.status;
        run.updatedAt = now;
        if (from != to || !to.isTerminal()) {
            run.statusUpdated = at;
        }
        if (from != to) {
            run.status = to;
            String actor = key == null ? null : key.organization().userId();
            JsonNode snapshot = metadata == null || metadata.isNull() ? null : metadata;
            run.events.add(new StatusEvent(
                    nextEventId++, from, to, source, snapshot, actor, key == null ? null : key.id(), at));
        }
    }

    String url(RunRow run) {
        return appUrl.get() + "/o/" + run.project.organization.slug() + "/projects/" + UrlPart.encode(run.project.name)
                + "/" + Sqids.encode(run.id);
    }

    List<FakeRun> snapshots() {
        synchronized (this) {
            List<FakeRun> snapshots = new ArrayList<>();
            runs.values().forEach(run -> snapshots.add(snapshot(run)));
            return List.copyOf(snapshots);
        }
    }

    private FakeRun snapshot(RunRow run) {
        return new FakeRun(
                run.id,
                run.number,
                run.displayId(),
                run.name,
                run.project.name,
                run.project.organization.slug(),
                run.externalId,
                run.status,
                run.tags,
                Json.map(run.config),
                Json.map(run.systemMetadata),
                Json.map(run.loggerSettings),
                Json.map(run.statusMetadata),
                run.createdAt,
                run.updatedAt,
                run.statusUpdated,
                List.copyOf(run.events),
                List.copyOf(run.logNames.values()),
                run.notes,
                run.forkedFromRunId,
                run.forkStep,
                run.heartbeats,
                run.lastSeen,
                run.cancelRequested,
                run.cancelledAt,
                url(run));
    }
}
