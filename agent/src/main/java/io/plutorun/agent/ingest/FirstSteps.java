package io.plutorun.agent.ingest;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.http.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the own steps of a name begin in a process that has resumed its run: behind all values that are known of the name. Those are what
 * the server has, what was sent from this folder lately, and what lies unsent in the folders beside. What lies on other machines is not
 * known.
 */
final class FirstSteps {

    private final PlutoApi api;
    private final UploadedRun run;
    private final UnsentSteps unsent;
    private final SentSteps sent;
    private final Duration timeout;
    private @Nullable Map<String, Long> largestUnsent;

    FirstSteps(PlutoApi api, UploadedRun run, Path values, Duration timeout) {
        this.api = api;
        this.run = run;
        this.unsent = new UnsentSteps(values, run.key());
        this.sent = new SentSteps(values, run.key());
        this.timeout = timeout;
    }

    /**
     * The first step of a name. What is unsent is read before what was sent: a batch that arrives between is seen twice, not missed.
     *
     * @param askServer whether the server can be asked for values of the name
     */
    Outcome<Long> of(String name, boolean askServer) throws IOException {
        if (largestUnsent == null) {
            largestUnsent = unsent.read();
        }
        long onDisk = Math.max(largestUnsent.getOrDefault(name, -1L), sent.largest(name));
        return askServer
                ? api.largestStep(run.id(), run.project(), name, timeout)
                        .map(onServer -> new Outcome.Answer<>(Math.max(onDisk, onServer) + 1))
                : new Outcome.Answer<>(onDisk + 1);
    }
}
