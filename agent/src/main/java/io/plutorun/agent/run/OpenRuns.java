package io.plutorun.agent.run;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.spec.Specification;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this JVM that have no verdict yet: no more than the settings allow, and none is added once the JVM is ending.
 *
 * <p>Its lock is held while a run is looked for, made and added, and while the delivery is asked how many runs it has, whose lock comes
 * after this one. A run opens its journal later, when no lock is held. Which run a thread means is asked for each value that it logs: that
 * takes no lock and makes no object.
 */
final class OpenRuns {

    private final int maxRuns;
    private final IntSupplier undelivered;

    /** One call of each run, as a thread outside any tracked call sees it. Replaced under the lock, never changed. */
    private volatile Call[] open = {};

    /** How many of them are not among the undelivered ones yet. Grows under the lock only. */
    private final AtomicInteger beginning = new AtomicInteger();

    private boolean closed;

    private final LongAdder ambiguousValues = new LongAdder();

    /** The most runs that were active when an ambiguous value was logged. */
    private final AtomicInteger mostRunsMeant = new AtomicInteger();

    /**
     * Makes an empty set of runs.
     *
     * @param maxRuns how many runs may be open, or have ended and not be delivered
     * @param undelivered how many runs have begun, and are open or not delivered
     */
    OpenRuns(int maxRuns, IntSupplier undelivered) {
        this.maxRuns = maxRuns;
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
        Call[] more = Arrays.copyOf(open, open.length + 1);
        more[open.length] = Call.seeing(run);
        open = more;
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
        if (Math.max(open.length, count()) >= maxRuns) {
            throw new UntrackableException(
                    "max.runs", maxRuns + " runs are open already; raise PLUTO_MAX_RUNS if that is meant");
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
        return runs().filter(run -> !run.isEnded()
                        && specification.start().meansRunOf(run.specification().start(), run.startedRun()))
                .findFirst();
    }

    private Stream<ActiveRun> runs() {
        return Stream.of(open).map(Call::run);
    }

    synchronized void remove(ActiveRun run) {
        open = Stream.of(open).filter(call -> call.run() != run).toArray(Call[]::new);
    }

    /** The call of the only active run; null when there is none, or more than one. */
    @Nullable
    Call sole() {
        Call sole = null;
        for (Call call : open) {
            if (call.isActive()) {
                if (sole != null) {
                    return null;
                }
                sole = call;
            }
        }
        return sole;
    }

    /** A thread that means none of these runs alone has logged a value. */
    void loggedWithoutRun() {
        Call[] now = open;
        int known = mostRunsMeant.get();
        int active = active(now, now.length > known ? now.length : 2);
        if (active > 1) {
            ambiguousValues.increment();
            if (active > known) {
                mostRunsMeant.accumulateAndGet(active, Math::max);
            }
        }
    }

    /** How many of them are active, as far as this is to be known. */
    private static int active(Call[] calls, int atMost) {
        int active = 0;
        for (int i = 0; i < calls.length && active < atMost; i++) {
            active += calls[i].isActive() ? 1 : 0;
        }
        return active;
    }

    /** The values that were logged while several runs were active, by threads that belong to none of them; each is told once. */
    AmbiguousValues takeAmbiguousValues() {
        return new AmbiguousValues(ambiguousValues.sumThenReset(), mostRunsMeant.get());
    }

    /**
     * Values that nobody knows the run of.
     *
     * @param count how many
     * @param runs the most runs that were active meanwhile
     */
    record AmbiguousValues(long count, int runs) {}

    /** Lets no more runs in, and gives those that are open. */
    synchronized List<ActiveRun> close() {
        closed = true;
        return runs().toList();
    }
}
