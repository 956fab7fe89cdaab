package io.plutorun.agent.failure;

import io.plutorun.agent.files.RunFiles;
import io.plutorun.agent.journal.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is recorded of the failure of one run. */
public final class RunFailure {

    private final Failures shared;
    private final RunFiles files;
    private final Supplier<List<Thread>> executing;
    private volatile @Nullable Map<String, Long> before;
    private boolean isDumped;

    /**
     * Makes it.
     *
     * @param shared what all runs share that fail
     * @param files where what the threads do is added
     * @param executing the threads that execute the run, as far as they are known
     */
    public RunFailure(Failures shared, RunFiles files, Supplier<List<Thread>> executing) {
        this.shared = shared;
        this.files = files;
        this.executing = executing;
    }

    /** The run has begun: from now on the kernel's complaints count. Not on the way to the method's first line. */
    public void began() {
        before = shared.memoryEvents();
    }

    /** The run is failing, or is stopped by somebody: notes what the threads do, the first time. Waits a moment at most. */
    public void dump() {
        synchronized (this) {
            if (isDumped) {
                return;
            }
            isDumped = true;
        }
        shared.dump(files, executing.get());
    }

    /** The verdict, with what the kernel has done for want of memory since the run began. */
    public RunRecord.End with(RunRecord.End end) {
        Map<String, Long> counted = before;
        if (counted == null) {
            return end;
        }
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>(end.evidence());
        evidence.putAll(added(counted, shared.memoryEvents()));
        return new RunRecord.End(end.at(), end.status(), evidence);
    }

    /** What was counted meanwhile. */
    static Map<String, Long> added(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> evidence = new LinkedHashMap<>();
        now.forEach((event, count) -> {
            long added = count - before.getOrDefault(event, 0L);
            if (added > 0) {
                evidence.put("cgroup_" + event, added);
            }
        });
        return evidence;
    }
}
