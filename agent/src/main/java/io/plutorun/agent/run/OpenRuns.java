package io.plutorun.agent.run;

import io.plutorun.agent.spec.Specification;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The runs of this JVM that have no verdict yet; none is added once the JVM is ending. */
final class OpenRuns {

    private final Set<ActiveRun> open = new LinkedHashSet<>();
    private boolean closed;

    /**
     * The run of a call: the open one that its specification means, else a new one.
     *
     * @param specification what the call asks for
     * @param fresh makes a new run
     * @return the run; empty when the JVM is ending
     */
    synchronized Optional<Entered> enter(Specification specification, Supplier<ActiveRun> fresh) {
        if (closed) {
            return Optional.empty();
        }
        Optional<ActiveRun> same = meantBy(specification);
        ActiveRun run = same.orElseGet(fresh);
        open.add(run);
        return Optional.of(new Entered(run, same.isEmpty()));
    }

    /**
     * The run that a call belongs to.
     *
     * @param run the run
     * @param isNew whether the call opens it
     */
    record Entered(ActiveRun run, boolean isNew) {}

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

    synchronized int size() {
        return open.size();
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
