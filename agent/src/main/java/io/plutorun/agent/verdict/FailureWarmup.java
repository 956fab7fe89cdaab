package io.plutorun.agent.verdict;

import io.plutorun.agent.journal.RunJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes the record of a failure once, while there is memory. To load a class takes memory, and the JVM complains on stdout when there is
 * none for an agent that looks at classes: when the program has run out, nothing new must be needed to record it.
 */
public final class FailureWarmup {

    private final AtomicBoolean done = new AtomicBoolean();

    /** Makes the record at the first call; later calls do nothing. */
    public void once(RunJournal journal) {
        if (done.compareAndSet(false, true)) {
            Verdict failed = Verdict.Failed.of(new OutOfMemoryError("warm-up"));
            journal.warmUp(failed.record(Instant.EPOCH, Duration.ZERO));
        }
    }
}
