package io.plutorun.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests go wrong, and how. Paths are given without query, for example {@code /api/runs/create} or {@code /ingest/metrics}.
 *
 * <p>A planned {@link #next} goes before an {@link #always} of its path, and that before an {@code always} of all paths.
 */
public final class FaultPlan {

    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private final Map<String, Fault> always = new HashMap<>();
    private @Nullable Fault everywhere;

    FaultPlan() {}

    /** The next request to {@code path} suffers {@code fault}; several calls queue up. */
    public FaultPlan next(String path, Fault fault) {
        return next(path, 1, fault);
    }

    /** The next {@code times} requests to {@code path} suffer {@code fault}. */
    public synchronized FaultPlan next(String path, int times, Fault fault) {
        Deque<Fault> queue = next.computeIfAbsent(path, p -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            queue.add(fault);
        }
        return this;
    }

    /** Every request to {@code path} suffers {@code fault} until {@link #clear()}. */
    public synchronized FaultPlan always(String path, Fault fault) {
        always.put(path, fault);
        return this;
    }

    /** Every request to any of the hosts suffers {@code fault} until {@link #clear()}. */
    public synchronized FaultPlan always(Fault fault) {
        everywhere = fault;
        return this;
    }

    /** All is well again. Requests that hang already keep hanging. */
    public synchronized FaultPlan clear() {
        next.clear();
        always.clear();
        everywhere = null;
        return this;
    }

    synchronized @Nullable Fault take(String path) {
        Deque<Fault> queue = next.get(path);
        Fault planned = queue == null ? null : queue.poll();
        return planned == null ? always.getOrDefault(path, everywhere) : planned;
    }
}
