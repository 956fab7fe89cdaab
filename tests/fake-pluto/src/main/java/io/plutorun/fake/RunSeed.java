package io.plutorun.fake;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an existing run shall look like; all of it optional. */
public final class RunSeed {

    @Nullable
    String externalId;

    List<String> tags = List.of();

    @Nullable
    String config;

    @Nullable
    String systemMetadata;

    @Nullable
    String loggerSettings;

    RunStatus status = RunStatus.RUNNING;

    @Nullable
    Instant createdAt;

    String keyRole = "valid";

    RunSeed() {}

    public RunSeed externalId(String id) {
        externalId = id;
        return this;
    }

    public RunSeed tags(String... all) {
        tags = List.of(all);
        return this;
    }

    /** As a JSON text. */
    public RunSeed config(String json) {
        config = json;
        return this;
    }

    /** As a JSON text. */
    public RunSeed systemMetadata(String json) {
        systemMetadata = json;
        return this;
    }

    /** As a JSON text. */
    public RunSeed loggerSettings(String json) {
        loggerSettings = json;
        return this;
    }

    public RunSeed status(RunStatus wanted) {
        status = wanted;
        return this;
    }

    /** Also the moment of the last update, which the reaper looks at. */
    public RunSeed createdAt(Instant moment) {
        createdAt = moment;
        return this;
    }

    /** The run belongs to the other organization. */
    public RunSeed ofOtherOrganization() {
        keyRole = "org2";
        return this;
    }

    long insert(String project, String name, ApiKey key, RunTable table) {
        return table.locked(() -> {
            Instant at = createdAt == null ? table.now() : createdAt;
            ProjectRow existing = table.findProject(key.organization(), project);
            ProjectRow row = existing == null ? table.addProject(key.organization(), project, at, at) : existing;
            RunRow.NewRun values = new RunRow.NewRun(name, externalId, tags, at, at, null, null);
            RunRow run = table.insert(row, row.drawNumber(at), values, key);
            run.config = Json.column(config);
            run.systemMetadata = Json.column(systemMetadata);
            run.loggerSettings = Json.column(loggerSettings);
            if (status.isTerminal()) {
                table.transition(run, status, "api", null, null, key);
            }
            return run.id;
        });
    }
}
