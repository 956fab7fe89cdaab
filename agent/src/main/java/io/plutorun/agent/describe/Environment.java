package io.plutorun.agent.describe;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.BoundedWait;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.json.JsonObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where runs execute, and from what. The server takes it with the create of a run only: what is not ready by then, and all of it for a run
 * that existed before, goes to the run's config, under {@code environment}.
 *
 * <p>Its lock is held for a change of its fields only.
 */
public final class Environment implements RunListener {

    /** How long after the first create has asked creates wait for what is not ready. */
    private static final Duration MAX_WAIT = Duration.ofMillis(300);

    /** How long creates wait for what may take long, from when it is asked, but for the first one. A run without it needs a request more. */
    private static final Duration MAX_WAIT_FOR_LAST = Duration.ofMillis(50);

    /** How long that is put off where no run starts. */
    private static final Duration MAX_PUT_OFF = Duration.ofSeconds(10);

    /** How long the first end of a run waits for what is not ready. */
    private static final Duration MAX_WAIT_AT_END = Duration.ofMillis(300);

    /** A part that is a tag of the run as well. */
    private static final String KONDUKTOR = "konduktor";

    private static final String PLACE_IN_CONFIG = "environment";

    private final Supplier<Map<String, @Nullable Object>> machine;
    private final CollectorThreads collectors;
    private final List<Collector> afterStart;
    private final Duration delay;
    private final Duration maxWait;
    private final CountDownLatch runningAfterStart = new CountDownLatch(1);

    /** When the first create has asked, by {@link System#nanoTime}; 0 before. */
    private final AtomicLong firstCreate = new AtomicLong();

    private final AtomicBoolean endWaited = new AtomicBoolean();

    /** What has been found out, a part for each collector that is done. */
    private final List<Part> parts = new ArrayList<>();

    /** What a create tells of the system, as far as the parts were there; null before the first create. */
    private @Nullable OfSystem system;

    /** Runs that have not been given every part. */
    private final Set<CurrentRun> waiting = new LinkedHashSet<>();

    private @Nullable Compared compared;

    private boolean begun;

    /** Whether a thread waits for the time after the start, or has seen it come. */
    private boolean afterStartBegun;

    /**
     * What a collector has found out.
     *
     * @param isConfig whether it stands in the config of every run, and not in what a create tells of the system
     */
    private record Part(Map<String, @Nullable Object> found, boolean isConfig) {}

    /** What the last start carried of the system, and which of so many parts it lacked: most starts carry the same. */
    private record Compared(Map<String, @Nullable Object> ofSystem, int parts, List<Part> lacking) {}

    private record OfSystem(Map<String, @Nullable Object> found, int parts) {}

    /**
     * Makes it; nothing is collected yet.
     *
     * @param machine what a create tells whatever the collectors come to, without secrets
     * @param redactor takes secrets out of what the collectors find out
     * @param collectors those that are asked from the start on. They are made on a thread of {@code threads}
     * @param afterStart those that are asked some time after the first run has started, since they make the JDK set up what is large
     * @param delay how long after
     * @param threads makes the threads that ask the collectors
     */
    public Environment(
            Supplier<Map<String, @Nullable Object>> machine,
            Redactor redactor,
            Supplier<Collectors> collectors,
            List<Collector> afterStart,
            Duration delay,
            ThreadFactory threads) {
        this(machine, redactor, collectors, afterStart, delay, threads, MAX_WAIT);
    }

    Environment(
            Supplier<Map<String, @Nullable Object>> machine,
            Redactor redactor,
            Supplier<Collectors> collectors,
            List<Collector> afterStart,
            Duration delay,
            ThreadFactory threads,
            Duration maxWait) {
        this.machine = machine;
        this.collectors = new CollectorThreads(
                () -> {
                    var unused = machine.get(); // from now on it is known
                },
                collectors,
                (found, isConfig) -> found(new Part(redactor.object(found), isConfig)),
                MAX_PUT_OFF,
                threads);
        this.afterStart = afterStart;
        this.delay = delay;
        this.maxWait = maxWait;
    }

    /** Begins to collect. Called when a run is to be expected; a second time does nothing. */
    public void begin() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
        }
        collectors.begin();
    }

    private void collectAfterStart() {
        if (isRunOpenAfterDelay()) {
            try {
                collectors.ask(afterStart, false);
            } finally {
                runningAfterStart.countDown();
            }
        }
    }

    /** Where none is open, the next run begins anew, since it may be a longer one; from the moment on at which that is known. */
    synchronized boolean isRunOpenAfterDelay() {
        BoundedWait.whileHolds(this, System.nanoTime() + delay.toNanos(), () -> !waiting.isEmpty());
        boolean isInterrupted = Thread.currentThread().isInterrupted(); // through the program's thread group
        afterStartBegun = !isInterrupted && !waiting.isEmpty();
        return afterStartBegun;
    }

    private void found(Part part) {
        List<CurrentRun> lacking;
        synchronized (this) {
            parts.add(part);
            lacking = List.copyOf(waiting);
        }
        lacking.forEach(run -> give(run, List.of(part)));
    }

    /**
     * What a create tells of the system, without secrets: all that is ready, after a short wait. The same object as long as nothing comes
     * to it.
     */
    public Map<String, @Nullable Object> ofSystem() {
        begin();
        boolean isFirst = firstCreate.compareAndSet(0, System.nanoTime());
        Map<String, @Nullable Object> ofMachine = machine.get();
        long begun = firstCreate.get();
        if (!isFirst) {
            await(collectors.all(), MAX_WAIT_FOR_LAST.minusNanos(System.nanoTime() - collectors.askLast()));
        }
        await(collectors.ofStart(), maxWait.minusNanos(System.nanoTime() - begun));
        return ofSystem(ofMachine);
    }

    private synchronized Map<String, @Nullable Object> ofSystem(Map<String, @Nullable Object> ofMachine) {
        OfSystem known = system;
        if (known == null || known.parts() != parts.size()) {
            List<Part> ofSystem =
                    parts.stream().filter(part -> !part.isConfig()).toList();
            known = new OfSystem(JsonObjects.merge(ofMachine, merged(ofSystem)), parts.size());
            system = known;
        }
        return known.found();
    }

    /** What the config of a create tells: what is ready. */
    public Map<String, @Nullable Object> ofConfig() {
        Map<String, @Nullable Object> config =
                merged(ready().stream().filter(Part::isConfig).toList());
        return config.isEmpty() ? Map.of() : Map.of(PLACE_IN_CONFIG, config);
    }

    /** The tags of a create that follow from what it tells of the system. */
    public List<String> tags() {
        return tags(merged(ready()));
    }

    /** As Pluto's Python SDK gives them. */
    private static List<String> tags(Map<String, @Nullable Object> found) {
        return found.containsKey(KONDUKTOR) ? List.of(KONDUKTOR) : List.of();
    }

    private static void await(CountDownLatch what, Duration atMost) {
        try {
            var unused = what.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Part> ready() {
        return List.copyOf(parts);
    }

    private static Map<String, @Nullable Object> merged(List<Part> parts) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (Part part : parts) {
            all = JsonObjects.merge(all, part.found());
        }
        return all;
    }

    @Override
    public void started(
            CurrentRun run,
            Map<String, @Nullable Object> ofSystem,
            Map<String, @Nullable Object> config,
            boolean resumed) {
        Map<String, @Nullable Object> ofConfig =
                config.get(PLACE_IN_CONFIG) instanceof Map<?, ?> environment ? Json.object(environment) : Map.of();
        List<Part> lacking = new ArrayList<>();
        boolean begins;
        synchronized (this) {
            begins = !afterStartBegun;
            afterStartBegun = true;
            if (collectors.all().getCount() > 0 || runningAfterStart.getCount() > 0) {
                waiting.add(run);
            }
            lacking.addAll(lacking(resumed ? Map.of() : ofSystem));
            for (Part part : parts) {
                if (part.isConfig() && !JsonObjects.covers(ofConfig, part.found())) {
                    lacking.add(part);
                }
            }
        }
        give(run, lacking);
        var unused = collectors.askLast();
        if (begins && !collectors.start(this::collectAfterStart)) {
            runningAfterStart.countDown();
        }
    }

    private List<Part> lacking(Map<String, @Nullable Object> ofSystem) {
        Compared last = compared;
        if (last == null || last.ofSystem() != ofSystem || last.parts() != parts.size()) {
            List<Part> lacking = parts.stream()
                    .filter(part -> !part.isConfig() && !JsonObjects.covers(ofSystem, part.found()))
                    .toList();
            last = new Compared(ofSystem, parts.size(), lacking);
            compared = last;
        }
        return last.lacking();
    }

    @Override
    public void ending(CurrentRun run) {
        if (isWaiting(run) && endWaited.compareAndSet(false, true)) {
            await(collectors.all(), MAX_WAIT_AT_END);
        }
        forget(run);
    }

    private synchronized boolean isWaiting(CurrentRun run) {
        return waiting.contains(run);
    }

    private synchronized void forget(CurrentRun run) {
        waiting.remove(run);
        notifyAll();
    }

    private static void give(CurrentRun run, List<Part> lacking) {
        Map<String, @Nullable Object> all = merged(lacking);
        if (!all.isEmpty()) {
            run.addConfig(Map.of(PLACE_IN_CONFIG, all));
        }
        run.addTags(tags(all));
    }
}
