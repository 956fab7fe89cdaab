package io.plutorun.agent.verdict;

import org.jspecify.annotations.Nullable;

/** What a run of the whole process ends as when the program comes to its normal end. */
public final class ProcessOutcome {

    private volatile Verdict ofLastCall = new Verdict.Completed();
    private volatile @Nullable Verdict ofMainThread;

    /** How one of the run's calls ended: the last one counts. */
    public void callEnded(Verdict outcome) {
        ofLastCall = outcome;
    }

    /** The main thread died of an exception: whatever other threads still do, that is what the process ends with. */
    public void mainThreadDied(Verdict failure) {
        ofMainThread = failure;
    }

    /** The verdict as things stand. */
    public Verdict verdict() {
        Verdict failure = ofMainThread;
        return failure != null ? failure : ofLastCall;
    }
}
