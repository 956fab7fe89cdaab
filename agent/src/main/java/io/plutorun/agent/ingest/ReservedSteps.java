package io.plutorun.agent.ingest;

import io.plutorun.agent.metrics.disk.StepFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the own steps of names begin in a folder of values, as a younger process of the run has reserved them for it, because that folder's
 * values had not been sent when the younger process needed steps of its own. Several processes may reserve; what was said first holds.
 */
final class ReservedSteps {

    private final StepFile file;

    /** Those of a folder. */
    ReservedSteps(Path values) {
        file = new StepFile(values.resolve("values.reserved"));
    }

    /** The first step that is reserved for a name; null when none is. */
    @Nullable
    Long first(String name) throws IOException {
        @Nullable Long[] first = new @Nullable Long[1];
        file.read((of, step) -> first[0] = first[0] == null && of.equals(name) ? Long.valueOf(step) : first[0]);
        return first[0];
    }

    /**
     * Reserves steps for a name from this one on, unless that was done before.
     *
     * @return where they begin
     */
    long reserve(String name, long from) throws IOException {
        Long before = first(name);
        if (before == null) {
            file.append(name, from);
            before = first(name); // somebody else may have been earlier
        }
        return before == null ? from : before;
    }
}
