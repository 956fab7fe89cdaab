package io.plutorun.agent.verdict;

import io.plutorun.agent.shutdown.JvmEnd;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verdict of a run that was still open when the JVM ended: how the JVM ended decides it. */
public final class CutOffVerdict {

    static final String SIGNAL = "signal";

    private static final String STAGE_IS_PENDING =
            "the JVM ended before the stage that the method returned was complete";

    private CutOffVerdict() {}

    /**
     * The verdict.
     *
     * @param awaitsStage whether the method has returned a stage that is not complete
     * @param processOutcome what a run of the whole process ends as at the program's normal end; null for the run of a call
     */
    public static Verdict of(JvmEnd end, boolean awaitsStage, @Nullable Verdict processOutcome) {
        if (end instanceof JvmEnd.Normal) {
            return processOutcome != null ? processOutcome : cutOffByNormalEnd(awaitsStage);
        }
        if (end instanceof JvmEnd.Signal signal) {
            return new Verdict.Terminated(Map.of("reason", "signal", SIGNAL, signal.name()));
        }
        if (end instanceof JvmEnd.Exit exit) {
            return exit(exit, awaitsStage);
        }
        return new Verdict.Terminated(Map.of("reason", "the JVM ended"));
    }

    private static Verdict cutOffByNormalEnd(boolean awaitsStage) {
        return new Verdict.Terminated(Map.of(
                "reason",
                awaitsStage
                        ? STAGE_IS_PENDING
                        : "the program ended while the tracked method was executing on a daemon thread"));
    }

    private static Verdict exit(JvmEnd.Exit exit, boolean awaitsStage) {
        int status = exit.status().orElse(-1);
        boolean successWithoutResult = status == 0 && awaitsStage;
        if (exit.status().isPresent() && !successWithoutResult) {
            return new Verdict.Exited(status, evidence(exit, exit.call()));
        }
        return new Verdict.Terminated(evidence(exit, successWithoutResult ? STAGE_IS_PENDING : exit.call()));
    }

    private static Map<String, @Nullable Object> evidence(JvmEnd.Exit exit, String reason) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        evidence.put("reason", reason);
        exit.status().ifPresent(known -> evidence.put("exit_code", known));
        evidence.put("thread", exit.thread());
        if (exit.status().orElse(1) != 0) {
            evidence.put("stack", Evidence.shorten(exit.stack()));
        }
        return evidence;
    }
}
