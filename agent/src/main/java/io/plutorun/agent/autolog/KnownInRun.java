package io.plutorun.agent.autolog;

import io.plutorun.agent.current.CurrentRun;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of objects of the program, such as boosters, in one run each: an object that is met in another run is recorded anew.
 *
 * @param <L> what is recorded of each
 */
public final class KnownInRun<L> {

    private record Known<L>(CurrentRun run, L log) {}

    private final WeakIdentityMap<Known<L>> known = new WeakIdentityMap<>();

    /**
     * What is recorded of an object in a run.
     *
     * @param run null for none
     * @return null for nothing yet, and for no run
     */
    public @Nullable L get(Object object, @Nullable CurrentRun run) {
        Known<L> last = known.get(object);
        return last != null && last.run == run ? last.log : null;
    }

    /** From now on this is recorded of an object. */
    public void put(Object object, CurrentRun run, L log) {
        known.put(object, new Known<>(run, log));
    }
}
