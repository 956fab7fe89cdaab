package io.plutorun.e2e;

import io.plutorun.fake.ingest.MetricSeries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the values that programs wrote down with those that the server knows. */
final class ValueTally {

    /** Ticks of a millisecond. */
    private static final int MUST_BE_KEPT_AFTER = 50;

    private final List<String> missing = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private long logged;
    private long old;
    private long arrived;
    private long missingOld;
    private long missingYoung;
    private long doubled;
    private long sentAgain;

    /**
     * Adds a series, in which the value at each step is the step.
     *
     * @param series null when there is no run
     */
    void add(ValueNotes notes, int thread, @Nullable MetricSeries series) {
        int[] ages = notes.ages(thread);
        boolean[] found = new boolean[ages.length + 1]; // one may have been logged and not written down
        for (int i = 0; series != null && i < series.size(); i++) {
            long step = series.step(i);
            if (step >= found.length || series.value(i) != step) {
                wrong.add(notes.name() + ": " + series.name() + " is " + series.value(i) + " at " + step);
            } else {
                found[(int) step] = true;
                arrived++;
            }
        }
        if (series != null) {
            doubled += series.arrivals().replaced() + series.arrivals().outdated();
            sentAgain += series.arrivals().repeated();
        }
        count(notes.name() + ", thread " + thread, ages, found);
    }

    private void count(String series, int[] ages, boolean[] found) {
        int first = -1;
        int last = -1;
        int oldHere = 0;
        for (int value = 0; value < ages.length; value++) {
            boolean isOld = ages[value] > MUST_BE_KEPT_AFTER;
            logged += ages[value] < 0 ? 0 : 1; // else it was logged when the call had ended
            old += isOld ? 1 : 0;
            if (!found[value] && isOld) {
                first = oldHere == 0 ? value : first;
                last = value;
                oldHere++;
            } else if (!found[value] && ages[value] >= 0) {
                missingYoung++;
            }
        }
        if (oldHere > 0) {
            missingOld += oldHere;
            missing.add(series + ": " + oldHere + " between " + first + " and " + last + " of " + ages.length
                    + ", the first " + ages[first] + " ticks old, the last " + ages[last]);
        }
    }

    /** The series of which values have not arrived that were old enough. */
    List<String> missing() {
        return missing;
    }

    /** What nobody logged. */
    List<String> wrong() {
        return wrong;
    }

    /** How often two values came for one step of one series. */
    long doubled() {
        return doubled;
    }

    /** How many values were old enough. */
    long old() {
        return old;
    }

    String line() {
        return "values logged " + logged + ", of them older than 50 ms " + old + ", arrived " + arrived
                + ", missing and older than 50 ms " + missingOld + ", missing and younger " + missingYoung
                + ", doubled (run, name, step) " + doubled + ", wrong " + wrong.size() + ", sent again " + sentAgain;
    }
}
