package io.plutorun.agent.describe;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.json.JsonObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where runs execute, and from what. The server takes it with the create of a run only: what is not ready by then, and all of it for a run
 * that existed before, goes to the run's config, under {@code environment}.
 *
 * <p>Its lock is held for a change of its fields only.
 */
public final class Environment implements RunListener {

    /** How long a create waits for what is not ready. The first one alone may wait. */
    private static final Duration MAX_WAIT = Duration.ofMillis(300);

    private final List<List<Collector>> groups;
    private final List<Collector> later;
    private final ThreadFactory threads;
    private final CountDownLatch running;

    /** What has been found out, a part for each collector that is done: what a create carries, and the rest. */
    private final List<Map<String, @Nullable Object>> partsOfCreate = new ArrayList<>();

    private final List<Map<String, @Nullable Object>> laterParts = new ArrayList<>();

    /** Runs that have not been given every part. */
    private final List<CurrentRun> waiting = new ArrayList<>();

    private boolean begun;
    private boolean complete;

    /**
     * Makes it; nothing is collected yet.
     *
     * @param groups what a create carries: those of a group are asked one after the other, the groups at the same time
     * @param later what goes to the config of every run, and no create waits for
     * @param threads makes a thread for each group
     */
    public Environment(List<List<Collector>> groups, List<Collector> later, ThreadFactory threads) {
        this.groups = groups;
        this.later = later;
        this.threads = threads;
        this.running = new CountDownLatch(groups.size());
    }

    /** Begins to collect. Called when a run is to be expected; a second time does nothing. */
    public void begin() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
        }
        groups.forEach(group -> threads.newThread(() -> collectGroup(group)).start());
    }

    private void collectGroup(List<Collector> group) {
        collect(group, partsOfCreate);
        synchronized (this) {
            running.countDown();
            if (running.getCount() > 0) {
                return;
            }
        }
        collect(later, laterParts); // by the last of them
        synchronized (this) {
            complete = true;
            waiting.clear();
        }
    }

    private void collect(List<Collector> collectors, List<Map<String, @Nullable Object>> parts) {
        for (Collector collector : collectors) {
            Map<String, @Nullable Object> part = part(collector);
            if (!part.isEmpty()) {
                found(part, parts);
            }
        }
    }

    private static Map<String, @Nullable Object> part(Collector collector) {
        try {
            return collector.collect();
        } catch (Exception | LinkageError e) { // a machine of another kind: the part is left out
            return Map.of();
        }
    }

    private void found(Map<String, @Nullable Object> part, List<Map<String, @Nullable Object>> parts) {
        List<CurrentRun> lacking;
        synchronized (this) {
            parts.add(part);
            lacking = List.copyOf(waiting);
        }
        lacking.forEach(run -> give(run, List.of(part)));
    }

    /** What a create carries: all that is ready, after a short wait. */
    public Map<String, @Nullable Object> atCreate() {
        begin();
        try {
            var unused = running.await(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return merged(ready());
    }

    private synchronized List<Map<String, @Nullable Object>> ready() {
        return List.copyOf(partsOfCreate);
    }

    private static Map<String, @Nullable Object> merged(List<Map<String, @Nullable Object>> parts) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> part : parts) {
            all = JsonObjects.merge(all, part);
        }
        return all;
    }

    @Override
    public void started(CurrentRun run, Map<String, @Nullable Object> atCreate, boolean resumed) {
        List<Map<String, @Nullable Object>> lacking = new ArrayList<>();
        synchronized (this) {
            if (!complete) {
                waiting.add(run);
            }
            for (Map<String, @Nullable Object> part : partsOfCreate) {
                if (resumed || !covers(atCreate, part)) {
                    lacking.add(part);
                }
            }
            lacking.addAll(laterParts);
        }
        give(run, lacking);
        if (merged(ready()).containsKey("konduktor")) {
            run.addTags(List.of("konduktor"));
        }
    }

    @Override
    public synchronized void ending(CurrentRun run) {
        waiting.remove(run);
    }

    private static void give(CurrentRun run, List<Map<String, @Nullable Object>> lacking) {
        Map<String, @Nullable Object> all = merged(lacking);
        if (!all.isEmpty()) {
            run.addConfig(Map.of("environment", all));
        }
    }

    /** Whether all keys of an object are in another one. */
    private static boolean covers(Map<String, @Nullable Object> all, Map<String, @Nullable Object> part) {
        return part.entrySet().stream().allMatch(entry -> {
            Object there = all.get(entry.getKey());
            return entry.getValue() instanceof Map<?, ?> nested
                    ? there instanceof Map<?, ?> && covers(Json.object(there), Json.object(nested))
                    : all.containsKey(entry.getKey());
        });
    }
}
