package io.plutorun.e2e;

import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A call of {@link io.plutorun.e2e.programs.Restless}, by what the program wrote down and by how it ended.
 *
 * @param certain whether it was entered before the JVM began to end
 * @param finished whether it had left before the JVM began to end
 * @param own what its own end makes of it: empty where it was not seen to leave
 * @param cutOff what the JVM's end makes of it
 * @param mayBeUnseen whether the JVM halted before the call was entered: its run may be the first one, and nobody heard of a halt yet
 */
record SoakedCall(boolean certain, boolean finished, Set<RunStatus> own, CutOff cutOff, boolean mayBeUnseen)
        implements Expectation {

    /** What the end of the JVM says about a call that was going on. */
    enum CutOff {
        COMPLETED,
        FAILED,
        TERMINATED,
        DECLARED_DEAD;

        private static final int SIGKILL = 128 + 9;
        private static final int SIGTERM = 128 + 15;

        static CutOff by(int exitCode) {
            return switch (exitCode) {
                case 0 -> COMPLETED;
                case SIGTERM -> TERMINATED;
                case SIGKILL -> DECLARED_DEAD;
                default -> FAILED;
            };
        }
    }

    @Override
    public boolean mustHaveARun() {
        return certain;
    }

    @Override
    public boolean allows(FakeRun run) {
        if (!run.status().isTerminal()) {
            return false;
        }
        if (run.status() == RunStatus.CANCELLED) {
            return run.cancelledAt() != null;
        }
        if (run.cancelledAt() != null && run.timesResumed() == 0) {
            return false; // after a resume the first beat's CANCELLED is taken for an old one, which Pluto does not
            // forget
        }
        if (!certain && run.status() == RunStatus.TERMINATED) {
            return true; // the exit may have been called before there was a run, and so anybody who looked with which
            // code
        }
        if (mayBeUnseen && Expectation.isDeclaredDead(run)) {
            return true;
        }
        CutOff end = Expectation.isDeclaredDead(run)
                ? CutOff.DECLARED_DEAD
                : CutOff.valueOf(run.status().name());
        return (!finished && end == cutOff) || (end != CutOff.DECLARED_DEAD && own.contains(run.status()));
    }

    /** All calls of one program, by their ids. */
    static Map<String, SoakedCall> read(Path log, int exitCode) throws IOException {
        CutOff cutOff = CutOff.by(exitCode);
        Map<String, SoakedCall> calls = new LinkedHashMap<>();
        boolean ending = false;
        boolean halts = false;
        for (String line : CallLog.lines(log)) {
            int blank = line.indexOf(' ');
            String id = line.substring(blank + 1);
            SoakedCall call = calls.getOrDefault(id, new SoakedCall(false, false, Set.of(), cutOff, false));
            switch (line.substring(0, blank)) {
                case "called" -> calls.put(id, call);
                case "entered" -> calls.put(id, new SoakedCall(!ending, false, Set.of(), cutOff, false));
                case "returning" -> calls.put(id, call.leaving(RunStatus.COMPLETED));
                case "throwing" -> calls.put(id, call.leaving(RunStatus.FAILED));
                case "left" -> calls.put(id, new SoakedCall(call.certain, !ending, call.own, cutOff, false));
                case "exits" -> ending = true;
                case "halts" -> {
                    ending = true;
                    halts = true;
                }
                case "stays" -> {} // told to whoever ends it
                default -> throw new IOException("not a line of the program's: " + line);
            }
        }
        if (halts) {
            calls.replaceAll((id, call) -> new SoakedCall(
                    call.certain, call.finished, call.own, call.cutOff, !call.certain && call.own.isEmpty()));
        }
        return calls;
    }

    private SoakedCall leaving(RunStatus status) {
        return new SoakedCall(certain, finished, EnumSet.of(status), cutOff, false);
    }
}
