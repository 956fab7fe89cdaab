package io.plutorun.agent.delivery;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.ingest.Upload;
import io.plutorun.agent.ingest.UploadProgress;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of one run on their way. It takes a turn on one of the delivery's threads, sends what there is, and asks for the next turn: in a
 * second, after a failure later, and at once when it is woken.
 *
 * <p>The object's lock is held while turns are counted, never while a request is made.
 */
final class RunUpload {

    /** How long a value waits for others before it is sent. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How long it waits when nothing has come for some looks, so that a run that logs little costs little. */
    private static final Duration CALM_INTERVAL = Duration.ofSeconds(3);

    private static final int LOOKS_UNTIL_CALM = 3;

    /** How many requests one run makes in a turn, so that other runs have theirs. */
    private static final int MAX_REQUESTS = 8;

    /** Gives uploads their turns. */
    interface Turns {

        void execute(Runnable turn);

        void executeAfter(Duration wait, Runnable turn);

        /** Whether the JVM is ending: then each upload is tried once. */
        boolean isJvmEnding();

        /** The upload has sent what there is, or was tried in vain. */
        void pauses();

        /** All values have arrived, or can't be sent. */
        void isDone(RunUpload upload);
    }

    /** Makes the upload, on a thread that may read files. */
    interface Opening {
        Upload open() throws IOException;
    }

    private final Turns turns;
    private final Opening opening;
    private final ValuesListener listener;

    // Used in turns only, of which there is one at a time.
    private @Nullable Upload upload;
    private @Nullable Backoff backoff;
    private int looksInVain;

    // Guarded by the lock.
    private long nextTurn;
    private boolean isInTurn;
    private boolean isWoken;
    private boolean isTriedInVain;
    private boolean isDone;

    RunUpload(Turns turns, Opening opening, ValuesListener listener) {
        this.turns = turns;
        this.opening = opening;
        this.listener = listener;
    }

    /** Sends what there is in a while, and from then on. Values that follow soon go with the first one. */
    synchronized void begin() {
        ask(turn -> turns.executeAfter(INTERVAL, turn));
    }

    /** Asks for the next turn. Where there is no memory for it, the turn that asks stays the next one: it is taken again. */
    private void ask(Consumer<Runnable> turns) {
        long turn = nextTurn + 1;
        turns.accept(() -> takeTurn(turn));
        nextTurn = turn;
    }

    /** Makes the upload send at once what there is, whatever it waits for. */
    synchronized void wake() {
        isTriedInVain = false;
        if (isInTurn) {
            isWoken = true;
        } else if (!isDone) {
            ask(turns::execute);
        }
    }

    /** Whether somebody who waits for the JVM's end should wait for this. */
    synchronized boolean isWorthWaitingFor() {
        return !isTriedInVain;
    }

    private void takeTurn(long turn) {
        synchronized (this) {
            if (turn != nextTurn || isInTurn || isDone) {
                return; // it was woken since this turn was asked for
            }
            isInTurn = true;
            isWoken = false;
        }
        Duration wait = INTERVAL;
        try {
            wait = send();
        } catch (IOException | RuntimeException e) {
            wait = failed(new Outcome.Unreachable<>("the values on disk can't be read (" + e + ")"));
        } finally { // also where there is no memory
            endTurn(wait);
        }
    }

    /** Sends what there is; returns how long to wait before the next look, unless all is done. */
    private Duration send() throws IOException {
        Upload open = upload;
        if (open == null) {
            open = opening.open();
            upload = open;
        }
        for (int requests = 0; requests < MAX_REQUESTS; requests++) {
            UploadProgress progress = open.next();
            if (progress instanceof UploadProgress.Failed failure) {
                return AnswerRule.isNoSuchRun(failure.outcome())
                        ? gone(open, failure.outcome())
                        : failed(failure.outcome());
            }
            backoff = null;
            if (progress instanceof UploadProgress.Idle) {
                looksInVain = requests > 0 ? 0 : looksInVain + 1;
                return looksInVain < LOOKS_UNTIL_CALM ? INTERVAL : CALM_INTERVAL;
            }
            if (progress instanceof UploadProgress.Impossible impossible) {
                listener.impossible(impossible.why());
                return settled(open, false);
            }
            if (progress instanceof UploadProgress.Finished finished) {
                if (finished.damaged() > 0) {
                    listener.damaged(finished.damaged());
                }
                return settled(open, true);
            }
        }
        return Duration.ZERO;
    }

    private Duration failed(Outcome<?> outcome) {
        Backoff after = backoff;
        if (after == null) {
            after = new Backoff();
            backoff = after;
            listener.failing(outcome);
        }
        synchronized (this) {
            isTriedInVain = turns.isJvmEnding();
        }
        return after.next(outcome);
    }

    private Duration settled(Upload open, boolean allDelivered) throws IOException {
        end(open);
        listener.settled(allDelivered);
        return Duration.ZERO;
    }

    private Duration gone(Upload open, Outcome<?> answer) throws IOException {
        end(open);
        listener.gone(answer);
        return Duration.ZERO;
    }

    private void end(Upload open) throws IOException {
        synchronized (this) {
            isDone = true;
        }
        open.close();
    }

    private void endTurn(Duration wait) {
        boolean done;
        synchronized (this) {
            isInTurn = false;
            done = isDone;
            if (!done) {
                Duration untilNext = isWoken ? Duration.ZERO : wait;
                ask(turn -> turns.executeAfter(untilNext, turn));
            }
        }
        if (done) {
            turns.isDone(this);
        } else {
            turns.pauses();
        }
    }
}
