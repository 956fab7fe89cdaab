package io.plutorun.agent.run;

import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.host.BoundedWait;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.shutdown.JvmEnd;
import io.plutorun.agent.shutdown.JvmShutdown;
import io.plutorun.agent.verdict.CutOffVerdict;
import io.plutorun.agent.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of the open runs when the JVM ends: each gets its verdict, and what is not delivered is waited for. */
final class RunsAtJvmEnd implements JvmShutdown.LastWork {

    /** A file takes what time there is, so this much of it is kept for the line that says that it has not arrived. */
    private static final Duration TO_SAY_SO = Duration.ofMillis(300);

    /** Whether something has been removed is not worth more: a disk that does not answer must not keep the last lines. */
    private static final Duration FOR_DISK = Duration.ofMillis(100);

    /** The least that is waited until records are written again: less than what the JVM's end has left for lines. */
    private static final Duration FOR_RECORDS = Duration.ofMillis(50);

    private final OpenRuns openRuns;
    private final Session session;
    private final Console console;

    RunsAtJvmEnd(OpenRuns openRuns, Session session, Console console) {
        this.openRuns = openRuns;
        this.session = session;
        this.console = console;
    }

    /** The verdict of a run that was open when the JVM came to its end. */
    static Verdict verdict(JvmEnd end, ActiveRun run) {
        return CutOffVerdict.of(
                end, run.awaitsStage(), run.isOfTheProcess() ? run.outcome().verdict() : null);
    }

    @Override
    public boolean close() {
        return !openRuns.close().isEmpty();
    }

    @Override
    public void endRuns(JvmEnd end) {
        for (ActiveRun run : openRuns.close()) {
            run.endIfItRanOut();
            run.end(verdict(end, run));
        }
    }

    @Override
    public void gaveUp(Duration after) {
        console.error("the end of the open runs could not be recorded within " + after.toMillis() / 1000.0
                + " s, the JVM does not wait for it any longer; does the disk of "
                + session.store().folder()
                + " hang?");
    }

    @Override
    public void deliver(Duration atMost) {
        tellAmbiguous(openRuns.takeAmbiguousValues());
        long deadline = System.nanoTime() + atMost.toNanos();
        if (session instanceof Session.Online online) {
            // The line about what is left follows a look at the disk, and has to come in time.
            long forDelivery = atMost.minus(FOR_RECORDS.multipliedBy(2)).toNanos();
            int undelivered = online.delivery().finish(Duration.ofNanos(Math.max(0, forDelivery)));
            if (undelivered > 0) {
                long rest = deadline - System.nanoTime() - TO_SAY_SO.toNanos();
                tellUndelivered(online, undelivered, Duration.ofNanos(Math.max(FOR_RECORDS.toNanos(), rest)));
            }
        }
        deliverValues(deadline);
        long forFiles = deadline - System.nanoTime() - TO_SAY_SO.toNanos();
        int files = session.files().finish(Duration.ofNanos(Math.max(0, forFiles)));
        if (files > 0 && session instanceof Session.Online online) {
            console.error(online.messages().filesLeft(files, place(online.store(), false, deadline)));
        }
        if (session instanceof Session.Online online && online.earlierRuns() != null) {
            online.earlierRuns().finish(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        console.flush(Console.FLUSH_AT_THE_END);
    }

    private void tellUndelivered(Session.Online online, int undelivered, Duration forDisk) {
        Path folder = online.store().folder();
        Delivery.Removed removed = online.delivery().restoreJournals(forDisk);
        if (removed.restored() + removed.lost() > 0) {
            console.error(online.messages().recordsRemoved(removed.restored(), removed.lost(), folder));
        }
        console.error(online.messages().undelivered(undelivered, removed.lost() < undelivered ? folder : null));
    }

    /** Verdicts go first, values have the time that is left. */
    private void deliverValues(long deadline) {
        int left = session.values().finish(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        if (left > 0 && session instanceof Session.Online online) {
            console.error(online.messages().valuesLeft(left, place(online.store(), true, deadline)));
        }
    }

    /** Where a later sync finds what is left; null where somebody has removed it. When the time is over, the line comes first. */
    private static @Nullable Path place(JournalStore store, boolean withValues, long deadline) {
        long atMost = Math.min(deadline, System.nanoTime() + FOR_DISK.toNanos());
        return BoundedWait.of(store.holdsJournal(withValues), atMost, true) ? store.folder() : null;
    }

    private void tellAmbiguous(OpenRuns.AmbiguousValues values) {
        if (values.count() > 0) {
            String logged = values.count() == 1
                    ? "1 value was logged where it was not clear which run it belongs to ("
                    : values.count() + " values were logged where it was not clear which run they belong to (";
            console.warn(
                    logged + values.runs() + " runs were open): use Run.wrap, or keep the Run from Pluto.current()");
        }
    }
}
