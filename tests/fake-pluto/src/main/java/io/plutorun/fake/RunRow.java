package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as it stands in the table. Only touched while the {@link RunTable} is locked. */
final class RunRow {

    final long id;
    final int number;
    final ProjectRow project;
    final String name;
    final @Nullable String externalId;
    final Instant createdAt;
    final @Nullable Long forkedFromRunId;
    final @Nullable Long forkStep;

    RunStatus status = RunStatus.RUNNING;
    List<String> tags;
    JsonNode config = NullNode.instance;
    JsonNode systemMetadata = NullNode.instance;
    JsonNode loggerSettings = NullNode.instance;
    JsonNode statusMetadata = NullNode.instance;
    Instant updatedAt;

    @Nullable
    Instant statusUpdated;

    @Nullable
    String notes;

    final List<StatusEvent> events = new ArrayList<>();
    final Map<String, LogName> logNames = new LinkedHashMap<>();

    int heartbeats;

    @Nullable
    Instant lastSeen;

    boolean cancelRequested;

    @Nullable
    Instant cancelledAt;

    @Nullable
    Long highestStep;

    @Nullable
    Instant lastMetric;

    RunRow(long id, int number, ProjectRow project, NewRun values) {
        this.id = id;
        this.number = number;
        this.project = project;
        this.name = values.name();
        this.externalId = values.externalId();
        this.createdAt = values.createdAt();
        this.updatedAt = values.updatedAt();
        this.tags = List.copyOf(values.tags());
        this.forkedFromRunId = values.forkedFromRunId();
        this.forkStep = values.forkStep();
    }

    String displayId() {
        return project.prefix + "-" + number;
    }

    /** What an insert says about a run, JSON columns aside. */
    record NewRun(
            String name,
            @Nullable String externalId,
            List<String> tags,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Long forkedFromRunId,
            @Nullable Long forkStep) {}
}
