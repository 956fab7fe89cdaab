package com.example.digits;

import io.plutorun.Pluto;
import java.util.OptionalLong;

/** The one place that asks by what number the training going on is tracked. */
final class CurrentRun {

    private CurrentRun() {}

    /** The run's number, or the empty string in a training that nobody tracks. */
    static String id() {
        OptionalLong id = Pluto.current().runId();
        return id.isPresent() ? Long.toString(id.getAsLong()) : "";
    }
}
