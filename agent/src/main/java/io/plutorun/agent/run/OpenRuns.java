package io.plutorun.agent.run;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.spec.Specification;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The runs of this JVM that have no verdict yet: no more than the settings allow, and none is added once the JVM is ending.
 *
 * <p>Its lock is held while a run is looked for, made and added, and while the delivery is asked how many runs it has, whose lock comes
 * after this one. A run opens its journal later, when no lock is held.
 */
final class OpenRuns {

    private final int most;
    private final IntSupplier undelivered;
    private final Set<ActiveRun> open = new LinkedHashSet<>();

    /** How many of them are not among the undelivered ones yet. Grows under the lock only. */
    private final AtomicInteger beginning = new AtomicInteger();

    private boolean closed;

    /**
     * Makes it.
     *
     * @param most how many runs there may be
     * @param undelivered how many runs have begun, and are open or not delivered
     */
    OpenRuns(int most, IntSupplier undelivered) {
        this.most = most;
        this.undelivered = undelivered;
    }

    /**
     * The run of a call: the open one that its specification means, else a new one.
     *
     * @param specification what the call asks for
     * @param fresh makes a new run
     * @return the run
     * @throws UntrackableException when there are too many, or the JVM is ending
     */
    synchronized Entered enter(Specification specification, Supplier<ActiveRun> fresh) throws UntrackableException {
        if (closed) {
            throw new UntrackableException("ending", "the JVM is ending");
        }
        Optional<ActiveRun> same = meantBy(specification);
        if (same.isPresent()) {
            return new Entered(same.get(), false);
        }
        mustHaveRoom();
        ActiveRun run = fresh.get();
        open.add(run);
        beginning.incrementAndGet();
        return new Entered(run, true);
    }

    /**
     * The run that a call belongs to.
     *
     * @param run the run
     * @param isNew whether the call opens it
     */
    record Entered(ActiveRun run, boolean isNew) {}

    /**
     * For a run that has been entered anew: to be called, by the thread that begins it, at the moment from which on it counts among the
     * undelivered ones, or when it could not begin. The second call does nothing.
     */
    Runnable begun() {
        AtomicBoolean called = new AtomicBoolean();
        return () -> {
            if (called.compareAndSet(false, true)) {
                beginning.decrementAndGet();
            }
        };
    }

    /** Throws when there are as many runs as there may be. */
    synchronized void mustHaveRoom() throws UntrackableException {
        if (Math.max(open.size(), count()) >= most) {
            throw new UntrackableException(
                    "max.runs", most + " runs are open already; raise PLUTO_MAX_RUNS if that is meant");
        }
    }

    /** No run is counted twice, nor left out, that begins meanwhile: then the sum is taken again. */
    private int count() {
        int before;
        int sum;
        do {
            before = beginning.get();
            sum = before + undelivered.getAsInt();
        } while (before != beginning.get());
        return sum;
    }

    /** A run that is going on under the id that a call names: the call is part of it. */
    private Optional<ActiveRun> meantBy(Specification specification) {
        if (specification.identity().isEmpty()) {
            return Optional.empty();
        }
        return open.stream()
                .filter(run -> !run.isEnded()
                        && specification.start().meansRunOf(run.specification().start(), null))
                .findFirst();
    }

    synchronized void remove(ActiveRun run) {
        open.remove(run);
    }

    /** The only run there is; empty when there is none, or more than one. */
    synchronized Optional<ActiveRun> sole() {
        List<ActiveRun> active = open.stream().filter(run -> !run.isEnded()).toList();
        return active.size() == 1 ? Optional.of(active.get(0)) : Optional.empty();
    }

    /** Lets no more runs in, and gives those that are open. */
    synchronized List<ActiveRun> close() {
        closed = true;
        return List.copyOf(open);
    }
}
