package io.plutorun.e2e;

import io.plutorun.fake.FakeRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Compares the calls that programs wrote down with the runs that the server knows.
 *
 * @param called calls that were begun
 * @param runs runs on the server
 * @param doubled runs beyond one a call, or of no call at all
 * @param lost calls that were entered and have no run
 * @param wrong runs whose verdict is not what the call's progress allows
 */
record RunTally(int called, int runs, List<String> doubled, List<String> lost, List<String> wrong) {

    /**
     * Compares.
     *
     * @param calls what is known of each call, by its id
     * @param idOf the id of the call that a run is of
     */
    static RunTally of(Map<String, ? extends Expectation> calls, List<FakeRun> runs, Function<FakeRun, String> idOf) {
        Map<String, FakeRun> byCall = new HashMap<>();
        List<String> doubled = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (FakeRun run : runs) {
            String id = idOf.apply(run);
            Expectation call = calls.get(id);
            if (call == null || byCall.put(id, run) != null) {
                doubled.add(id);
            } else if (!call.allows(run)) {
                wrong.add(id + " " + call + " is " + run.status() + " " + run.statusMetadata() + " after "
                        + run.events());
            }
        }
        List<String> lost = calls.entrySet().stream()
                .filter(call -> call.getValue().mustHaveARun() && !byCall.containsKey(call.getKey()))
                .map(Map.Entry::toString)
                .toList();
        return new RunTally(calls.size(), runs.size(), doubled, lost, wrong);
    }

    String line() {
        return "runs called " + called + ", runs on the server " + runs + ", doubled " + doubled.size() + ", lost "
                + lost.size() + ", wrong verdict " + wrong.size();
    }
}
