package io.plutorun.agent.ingest;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.http.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the own steps of a name begin in a process of a run that others may have logged to before: behind all values that are known of the
 * name, and behind those of earlier processes that have no steps yet. Known is what the server has, what was sent from this folder lately,
 * and what lies unsent in the folders beside. What lies on other machines is not known.
 *
 * <p>What is sent meanwhile is noted before it is gone from its folder. So the notes are read behind the folders, and what others have
 * reserved for this process is read last: they may have used steps behind it since.
 */
final class FirstSteps {

    private final PlutoApi api;
    private final UploadedRun run;
    private final Path values;
    private final SentSteps sent;
    private final Duration timeout;
    private @Nullable UnsentSteps unsent;

    FirstSteps(PlutoApi api, UploadedRun run, Path values, Duration timeout) {
        this.api = api;
        this.run = run;
        this.values = values;
        this.sent = new SentSteps(values, run.key());
        this.timeout = timeout;
    }

    /** Whether the run may have values that others have logged before. */
    boolean mayFollowOthers() throws IOException {
        return run.resumed() || unsent().areOfEarlierProcesses() || sent.areThere();
    }

    /** The first step of values of a name. */
    Outcome<Long> ofValues(String name) throws IOException {
        Outcome<Long> onServer = api.largestStep(run.id(), run.project(), name, timeout);
        if (!(onServer instanceof Outcome.Answer<Long> largest)) {
            return onServer;
        }
        long known = Math.max(largest.value(), unsent().largest(name));
        long free = unsent().reserve(name, Math.max(known, sent.largest(name)) + 1);
        free = Math.max(free, sent.largest(name) + 1);
        Long reserved = new ReservedSteps(values).first(name);
        return new Outcome.Answer<>(reserved == null ? free : reserved);
    }

    /** The first step of a string series or its like: the server can't be asked for it. */
    Outcome<Long> ofData(String name) throws IOException {
        return new Outcome.Answer<>(sent.largest(name) + 1);
    }

    private UnsentSteps unsent() throws IOException {
        UnsentSteps read = unsent;
        if (read == null) {
            read = new UnsentSteps(values, run.key());
            unsent = read;
        }
        return read;
    }
}
