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
}
