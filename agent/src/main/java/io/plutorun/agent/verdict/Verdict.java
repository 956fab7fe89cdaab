package io.plutorun.agent.verdict;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.journal.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a tracked call ended. Values only: nothing of the program is held. */
public sealed interface Verdict {

    /** What the run ends as. */
    RunStatus status();

    /**
     * Whether it matters what the threads did when it came: the run failed, or somebody stopped it. Not where memory has run out: then
     * nothing more must be needed than what is there.
     */
    default boolean isAboutThreads() {
        return false;
    }

    /** What speaks for it, for the run's page. */
    Map<String, @Nullable Object> evidence();

    /** The method returned, or the stage that it returned completed. */
    record Completed() implements Verdict {

        @Override
        public RunStatus status() {
            return RunStatus.COMPLETED;
        }

        @Override
        public Map<String, @Nullable Object> evidence() {
            return Map.of();
        }
    }

    /**
     * The method threw, or the stage that it returned failed.
     *
     * @param evidence what was thrown
     */
    record Failed(Map<String, @Nullable Object> evidence) implements Verdict {

        @Override
        public boolean isAboutThreads() {
            return !evidence.containsKey(Evidence.HEAP);
        }

        /** The failure that an exception is. */
        public static Failed of(Throwable thrown) {
            return new Failed(Evidence.of(thrown));
        }

        /** The failure of the process whose main thread dies of an exception: the {@code java} launcher exits with 1 then. */
        public static Failed ofMainThread(Throwable thrown) {
            Map<String, @Nullable Object> evidence = new LinkedHashMap<>(Evidence.of(thrown));
            evidence.put("exit_code", 1);
            return new Failed(evidence);
        }

        @Override
        public RunStatus status() {
            return RunStatus.FAILED;
        }
    }

    /**
     * The program ended the JVM, and said with its exit status how it went.
     *
     * @param exitStatus the status; 0 for success
     * @param evidence who called for it
     */
    record Exited(int exitStatus, Map<String, @Nullable Object> evidence) implements Verdict {

        @Override
        public boolean isAboutThreads() {
            return exitStatus != 0;
        }

        @Override
        public RunStatus status() {
            return exitStatus == 0 ? RunStatus.COMPLETED : RunStatus.FAILED;
        }
    }

    /**
     * The work was cut off, or cancelled by the program itself.
     *
     * @param evidence by what
     */
    record Terminated(Map<String, @Nullable Object> evidence) implements Verdict {

        @Override
        public boolean isAboutThreads() {
            return evidence.containsKey(CutOffVerdict.SIGNAL);
        }

        @Override
        public RunStatus status() {
            return RunStatus.TERMINATED;
        }
    }

    /**
     * The run began, and its method did not, or not as part of it. No run shall come of it where that can be avoided.
     *
     * @param reason why
     */
    record NotStarted(String reason) implements Verdict {

        /** The method was kept from starting, because the user wants no untracked calls. */
        public static NotStarted inTime() {
            return new NotStarted(
                    "the method did not start: the run could not be started in time, and PLUTO_ON_ERROR is fail");
        }

        /** The agent failed when the run had begun. */
        public static NotStarted byFault() {
            return new NotStarted("the agent failed, and the method is not tracked");
        }

        @Override
        public RunStatus status() {
            return RunStatus.FAILED;
        }

        @Override
        public Map<String, @Nullable Object> evidence() {
            return Map.of("reason", reason);
        }
    }

    /**
     * What goes to the server.
     *
     * @param at when the call ended
     * @param lasted how long it took
     */
    default RunRecord.End record(Instant at, Duration lasted) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>(evidence());
        evidence.put("duration_seconds", lasted.toMillis() / 1000.0);
        return new RunRecord.End(at, status(), evidence);
    }
}
