package io.plutorun.agent.run;

import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.delivery.Delivery;
import io.plutorun.agent.failure.Failures;
import io.plutorun.agent.files.FilesSession;
import io.plutorun.agent.heartbeat.Heartbeat;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.replay.EarlierRuns;
import io.plutorun.agent.settings.Options.OnCancel;
import io.plutorun.agent.settings.SweepRule;
import io.plutorun.agent.sweep.GridRuns;
import io.plutorun.agent.sweep.GridRuns.PointRun;
import io.plutorun.agent.values.EndedRun;
import io.plutorun.agent.values.OpenRun;
import io.plutorun.agent.values.ValuesSession;
import io.plutorun.agent.verdict.FailureWarmup;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all runs of this JVM share, and whether they go to a server at once. */
public sealed interface Session {

    /** Where the runs are recorded. */
    JournalStore store();

    /** What the runs share beside their records. */
    Parts parts();

    /** What the runs share beside their records; each is made when it is asked for first. */
    interface Parts {

        /** What their values share. */
        ValuesSession values();

        /** What their files share. */
        FilesSession files();

        /** What those share that fail. */
        Failures failures();
    }

    /** The same where they go to the server. */
    interface OnlineParts extends Parts {

        /** What a person is told. */
        Messages messages();

        /** What keeps the runs alive. */
        Heartbeat heartbeat();

        /** What delivers the journals of earlier processes; null when that is not wanted. */
        @Nullable
        EarlierRuns earlierRuns();
    }

    /** What the values of the runs share. */
    default ValuesSession values() {
        return parts().values();
    }

    /** What the files of the runs share. */
    default FilesSession files() {
        return parts().files();
    }

    /** What there is of a run beside its records, from when its start is in its journal. */
    default OpenRun open(
            RunJournal journal,
            RunRecord.Start start,
            Supplier<List<Thread>> executing,
            Supplier<@Nullable CancellationException> cancellation) {
        return new OpenRun(values(), files(), parts().failures(), journal, start, executing, cancellation, search -> {
            if (sweep() == SweepRule.GRID) {
                GridRuns.of(start, search, clock().instant()).forEach(this::record);
            }
        });
    }

    /** Which runs are told to be of one search. */
    SweepRule sweep();

    /** Records a run that is over. */
    private void record(PointRun over) {
        EndedRun run = new EndedRun();
        RunJournal journal =
                this instanceof Online online ? online.delivery().open(run).journal() : store().open();
        journal.append(over.start());
        OpenRun open = open(journal, over.start(), List::of, () -> null);
        run.opened(open);
        over.values().forEach((name, value) -> open.values().log(name, value, 0));
        journal.append(over.end());
        open.ended();
    }

    /** What hears of the runs that open and end. */
    RunListener listeners();

    /** The time of records. */
    Clock clock();

    /** How many runs are open, or have ended and are not delivered, as far as the session knows. */
    int undeliveredRuns();

    /**
     * Runs go to the server.
     *
     * @param store where they are recorded on the way
     * @param delivery what brings them there
     * @param parts what they share beside their records
     * @param listeners what hears of them
     * @param warmup has the record of a failure made once
     * @param failOnError whether a method must not start untracked
     * @param onCancel what a cancel on a run's page does to the program
     * @param sweep which runs are told to be of one search
     * @param clock the time of records
     */
    record Online(
            JournalStore store,
            Delivery delivery,
            OnlineParts parts,
            RunListener listeners,
            FailureWarmup warmup,
            boolean failOnError,
            OnCancel onCancel,
            SweepRule sweep,
            Clock clock)
            implements Session {

        @Override
        public int undeliveredRuns() {
            return delivery.openRuns();
        }

        /** What a person is told. */
        Messages messages() {
            return parts.messages();
        }

        /** What keeps the runs alive. */
        Heartbeat heartbeat() {
            return parts.heartbeat();
        }

        /** What delivers the journals of earlier processes; null when that is not wanted. */
        @Nullable
        EarlierRuns earlierRuns() {
            return parts.earlierRuns();
        }
    }

    /**
     * Runs are recorded on disk only.
     *
     * @param store where
     * @param parts what they share beside their records
     * @param listeners what hears of them
     * @param why for a person
     * @param warmup has the record of a failure made once
     * @param told whether a person has been told; once is enough
     * @param sweep which runs are told to be of one search
     * @param clock the time of records
     */
    record Recording(
            JournalStore store,
            Parts parts,
            RunListener listeners,
            String why,
            FailureWarmup warmup,
            AtomicBoolean told,
            SweepRule sweep,
            Clock clock)
            implements Session {

        @Override
        public int undeliveredRuns() {
            return 0;
        }
    }
}
