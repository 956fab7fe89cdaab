package io.plutorun.agent.sweep;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.spec.Specification;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call as a part of a sweep, if there is one. */
public final class Trial {

    private final BiConsumer<Trial, RunJournal> whenOpened;
    private final Specification specification;
    private final boolean isTagged;
    private @Nullable RunJournal journal;
    private Supplier<@Nullable StartedRun> started = () -> null;

    /**
     * Makes it.
     *
     * @param whenOpened takes it when it has opened a run, with the run's journal
     * @param specification what is asked for, with the sweep's tag if the run is known to be part of one
     * @param isTagged whether it has the tag
     */
    Trial(BiConsumer<Trial, RunJournal> whenOpened, Specification specification, boolean isTagged) {
        this.whenOpened = whenOpened;
        this.specification = specification;
        this.isTagged = isTagged;
    }

    /** One that can't be part of a sweep. */
    static Trial alone(Specification asked) {
        return new Trial((trial, journal) -> {}, asked, false);
    }

    /** What is to be asked for. */
    public Specification specification() {
        return specification;
    }

    boolean isTagged() {
        return isTagged;
    }

    /**
     * The call has opened a run. Of a call that joins one this is not called.
     *
     * @param where the run's records go
     * @param what what the server has said of it, as soon as it has
     */
    public void opened(RunJournal where, Supplier<@Nullable StartedRun> what) {
        journal = where;
        started = what;
        whenOpened.accept(this, where);
    }

    /**
     * Gives its run the tag and the config of the sweep, afterwards. A run that has ended gets them by the journal of another one.
     *
     * @param other the journal of a run that is open
     * @return false where the run has ended, and is not known to the server yet
     */
    boolean give(List<String> tags, Map<String, @Nullable Object> config, RunJournal other) {
        if (journal != null && journal.appendSoon(new RunRecord.Tags(tags))) {
            journal.appendSoon(new RunRecord.Config(config));
            return true;
        }
        StartedRun run = started.get();
        if (run != null) {
            other.appendSoon(new RunRecord.OfOtherRun(run.runId(), tags, config));
        }
        return run != null;
    }
}
