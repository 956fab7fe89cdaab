package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** Tracked calls with and without attributes, for settings to go over or under. */
public final class Sources {

    private Sources() {}

    public static void main(String[] args) {
        annotated();
        plain();
    }

    @PlutoRun(
            project = "annotation",
            tags = {"annotation", "group:annotation"},
            config = {"annotation=1", "shared.annotation=1", "shared.all=annotation", "shared.aboveFile=annotation"})
    static void annotated() {}

    @PlutoRun
    static void plain() {}
}
