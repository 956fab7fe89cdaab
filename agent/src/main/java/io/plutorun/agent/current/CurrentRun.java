package io.plutorun.agent.current;

import io.plutorun.agent.metrics.RunValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run that is open. May be called on any thread, also after the run's end: then nothing more is recorded. */
public interface CurrentRun {

    /** Where its values go: nowhere from its verdict on. */
    RunValues values();

    /**
     * Lays config over that of the run: maps are merged, all else is replaced. Of several processes, rank 0 alone does so.
     *
     * @param config by key; it is not changed afterwards
     */
    void addConfig(Map<String, @Nullable Object> config);

    /** Adds tags to those of the run. Of several processes, rank 0 alone does so. */
    void addTags(List<String> tags);

    /** Sets the notes on the run's page. Of several processes, rank 0 alone does so. */
    void setNotes(String notes);

    /**
     * Makes ready for lines that the program prints, so that the first of them waits for nothing. Of several processes, rank 0 alone keeps
     * lines.
     *
     * @return whether they are kept
     */
    boolean beginConsole();

    /** Records a search over hyperparameters that has been made: each of its points is a run of its own, where that is wanted. */
    default void addSearch(Search search) {}

    /**
     * Has a file uploaded.
     *
     * @param name the name under which the pages show it; null for the file's own
     */
    void addFile(@Nullable String name, Path path);

    /**
     * What the program's thread is to throw at the end of a step of its work, since the run was cancelled on its page.
     *
     * @return null while the run is not cancelled, or where {@code PLUTO_ON_CANCEL} is not {@code interrupt}
     */
    @Nullable
    CancellationException cancellation();

    /** Where another process finds it; null while the server does not have it. */
    @Nullable
    RunAddress address();

    /**
     * How a training of it is called, and what belongs to it.
     *
     * @param what {@code xgboost}
     * @param number how many trainings of the framework have begun in the run with it
     */
    default String nameOfTraining(String what, int number) {
        return number == 1 ? what : what + "." + number;
    }

    /** Whether it stands for one task of a training that several of them make, chosen to tell of it. */
    default boolean isOfTask() {
        return false;
    }

    /**
     * What one recorder keeps for this run, as long as the run is there.
     *
     * @param type the recorder's own class; one object of each is kept
     * @param fresh makes it, the first time
     */
    <T> T state(Class<T> type, Supplier<T> fresh);
}
