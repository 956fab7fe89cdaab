package io.plutorun.e2e;

import io.plutorun.e2e.CallLog.Progress;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a campaign of kills has cost: the calls that the programs wrote down, held against the runs that the server knows.
 *
 * @param called calls that were begun
 * @param runs runs on the server
 * @param doubled runs beyond one a call, or of no call at all
 * @param lost calls that were entered and have no run
 * @param wrong runs whose verdict is not what the call's progress allows
 */
record Toll(int called, int runs, List<String> doubled, List<String> lost, List<String> wrong) {

    static Toll of(Map<String, Progress> calls, List<FakeRun> runs) {
        Map<String, FakeRun> byCall = new HashMap<>();
        List<String> doubled = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (FakeRun run : runs) {
            String id = String.valueOf(run.externalId());
            if (!calls.containsKey(id) || byCall.put(id, run) != null) {
                doubled.add(id);
            } else if (!mayBe(calls.get(id), run)) {
                wrong.add(id + " " + calls.get(id) + " is " + run.status() + " " + run.statusMetadata() + " after "
                        + run.events());
            }
        }
        // Its record is on disk before the call's first line executes. A call that was killed ahead of that line may
        // have one or not.
        List<String> lost = calls.entrySet().stream()
                .filter(call -> call.getValue() != Progress.CALLED && !byCall.containsKey(call.getKey()))
                .map(Map.Entry::toString)
                .toList();
        return new Toll(calls.size(), runs.size(), doubled, lost, wrong);
    }

    /**
     * Between a call's last line and the line behind it lie the record of its end, which the log does not show, and possibly the kill. So
     * for a call that was last seen leaving, both are true: that it returned, when its end is on disk, and that its process died.
     */
    private static boolean mayBe(Progress progress, FakeRun run) {
        RunStatus status = run.status();
        boolean died = String.valueOf(run.statusMetadata().get("reason")).contains("died without a verdict");
        return switch (progress) {
            case CALLED, ENTERED -> status == RunStatus.FAILED && died;
            case LEAVING -> status == RunStatus.COMPLETED || status == RunStatus.FAILED;
            case RETURNED -> status == RunStatus.COMPLETED;
            case THREW -> status == RunStatus.FAILED && !died;
        };
    }

    String line() {
        return "runs called " + called + ", runs on the server " + runs + ", doubled " + doubled.size() + ", lost "
                + lost.size() + ", wrong verdict " + wrong.size();
    }
}
