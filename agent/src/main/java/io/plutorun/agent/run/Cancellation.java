package io.plutorun.agent.run;

import io.plutorun.agent.settings.Options.OnCancel;
import io.plutorun.agent.shutdown.JvmExit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a cancel on the run's page does to the program. It interrupts the threads that execute a tracked call of the run at this moment,
 * and no thread that has gone on to something else: a pool's thread leaves the list before its task goes on, under the lock under which
 * the others are interrupted. As with {@code Future.cancel(true)}, an interrupt that the method did not take up stays set: nobody can
 * tell it from one that the program means.
 */
final class Cancellation {

    private final OnCancel reaction;
    private final Runnable exit;
    private final List<Thread> executing = new ArrayList<>();
    private volatile boolean cancelled;

    /**
     * Makes one for a run.
     *
     * @param exit begins to end the JVM, and returns at once
     */
    Cancellation(OnCancel reaction, Runnable exit) {
        this.reaction = reaction;
        this.exit = exit;
    }

    /** The thread begins to execute a tracked call of the run. */
    synchronized void entered(Thread thread) {
        executing.add(thread);
        if (cancelled && reaction == OnCancel.INTERRUPT) {
            interrupted(thread);
        }
    }

    /** The thread has done so. It may have entered more than one call. */
    synchronized void left(Thread thread) {
        executing.remove(thread);
    }

    /** The threads that execute a tracked call of the run. */
    synchronized List<Thread> executing() {
        return List.copyOf(executing);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * The run has been cancelled. Whoever asks {@link #isCancelled} hears of it when the interrupt is there too.
     *
     * @return what is done, for a person; null when it was done before
     */
    synchronized @Nullable String cancel() {
        if (cancelled) {
            return null;
        }
        cancelled = true;
        return switch (reaction) {
            case INTERRUPT -> interrupt();
            case EXIT -> {
                exit.run();
                yield "the JVM exits with code " + JvmExit.CODE;
            }
            case IGNORE -> "the program goes on";
        };
    }

    /**
     * What a thread of the run's is to throw at the end of a step of its work: loops of frameworks meet no interrupt. Takes no lock.
     *
     * @param label names the run
     * @return null while there is no cancel, or where it does not reach threads
     */
    @Nullable
    CancellationException exception(Supplier<String> label) {
        return cancelled && reaction == OnCancel.INTERRUPT
                ? new CancellationException("pluto: run " + label.get() + " was cancelled on its page")
                : null;
    }

    private String interrupt() {
        List<String> names = new ArrayList<>();
        for (Thread thread : executing) {
            if (interrupted(thread)) {
                names.add("\"" + thread.getName() + "\"");
            }
        }
        return switch (names.size()) {
            case 0 -> "none of its threads could be interrupted, and the program goes on";
            case 1 -> "its thread " + names.get(0) + " is interrupted";
            default -> "its threads " + String.join(", ", names) + " are interrupted";
        };
    }

    private static boolean interrupted(Thread thread) {
        try {
            thread.interrupt();
            return true;
        } catch (RuntimeException e) { // a security manager of the program's, or a thread class of its own
            return false;
        }
    }
}
