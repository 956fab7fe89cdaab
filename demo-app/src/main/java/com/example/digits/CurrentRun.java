package com.example.digits;

import io.plutorun.Pluto;
import java.util.OptionalLong;

/** The only class that asks Pluto for the current run. */
final class CurrentRun {

    private CurrentRun() {}

    /** The run's number; the empty string if the training is not tracked. */
    static String id() {
        OptionalLong id = Pluto.current().runId();
        return id.isPresent() ? Long.toString(id.getAsLong()) : "";
    }
}
