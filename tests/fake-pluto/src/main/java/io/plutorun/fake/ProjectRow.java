package io.plutorun.fake;

import java.time.Instant;

/** A project as it stands in the table. Only touched while the {@link RunTable} is locked. */
final class ProjectRow {

    final int id;
    final Organization organization;
    final String name;
    final String prefix;
    final Instant createdAt;
    Instant updatedAt;
    int nextRunNumber = 1;
    /** How many creates shall still find that somebody else made the project first. */
    int racesToLose;

    ProjectRow(int id, Organization organization, String name, Instant createdAt, Instant updatedAt) {
        this.id = id;
        this.organization = organization;
        this.name = name;
        this.prefix = DisplayIds.prefix(name);
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
    }

    /** Numbers that are drawn and not used leave gaps. */
    int drawNumber(Instant now) {
        updatedAt = now;
        return nextRunNumber++;
    }
}
