package io.plutorun.agent.run;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.journal.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a tracked call ended. */
sealed interface Verdict {

    /** The method returned. */
    record Completed() implements Verdict {}

    /**
     * The method threw.
     *
     * @param thrown what it threw
     */
    record Failed(Throwable thrown) implements Verdict {}

    /**
     * The JVM ended while the method was executing.
     *
     * @param cause how it came to its end
     */
    record Terminated(Map<String, @Nullable Object> cause) implements Verdict {}

    /** The method was kept from starting, because the user wants no untracked calls. */
    record NotStarted() implements Verdict {}

    /** What goes to the server. */
    default RunRecord.End record(Instant at, Duration lasted) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        RunStatus status;
        if (this instanceof Completed) {
            status = RunStatus.COMPLETED;
        } else if (this instanceof Failed failed) {
            status = RunStatus.FAILED;
            evidence.putAll(Evidence.of(failed.thrown));
        } else if (this instanceof Terminated terminated) {
            status = RunStatus.TERMINATED;
            evidence.putAll(terminated.cause);
        } else {
            status = RunStatus.FAILED;
            evidence.put(
                    "reason",
                    "the method did not start: the run could not be started in time, and PLUTO_ON_ERROR is fail");
        }
        evidence.put("duration_seconds", lasted.toMillis() / 1000.0);
        return new RunRecord.End(at, status, evidence);
    }
}
