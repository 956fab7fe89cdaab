package io.plutorun.agent.run;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.spec.Specification;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A run that is recorded on disk, to be delivered later. */
final class RecordedRun extends ActiveRun {

    private final Session.Recording session;
    private final Console console;
    private final List<Thread> executing = new CopyOnWriteArrayList<>();
    private volatile @Nullable RunJournal journal;

    RecordedRun(Specification specification, Lifetime lifetime, Session.Recording session, Console console) {
        super(specification, lifetime, session);
        this.session = session;
        this.console = console;
    }

    @Override
    void begin(Runnable counted) {
        RunJournal opened = session.store().open();
        journal = opened;
        opened.append(specification().start());
        keepValues(opened);
        CurrentRun open = current();
        if (open != null && !specification().isOfWorker()) {
            RunRecord.Start told = specification().start();
            session.listeners().started(open, told.systemMetadata(), told.config(), false);
        }
        session.warmup().once(opened);
    }

    @Override
    @Nullable
    RunJournal journal() {
        return journal;
    }

    @Override
    List<Thread> executing() {
        return List.copyOf(executing);
    }

    @Override
    void callEntered(Thread thread) {
        executing.add(thread);
    }

    @Override
    void callLeft(Thread thread) {
        executing.remove(thread);
    }

    /** Where it is on disk; null when it is not. */
    @Nullable
    String path() {
        RunJournal opened = journal;
        return opened == null ? null : opened.path();
    }

    /** Tells where it is, and how to bring it to the server: once for all runs of this process, which go the same way. */
    void tell() {
        if (session.told().compareAndSet(false, true)) {
            String label = specification().method().label();
            if (specification().isOfWorker()) {
                console.warn(specification().start().name() + " records its values in "
                        + session.store().folder() + " (" + session.why()
                        + "); deliver them with: java -jar pluto-agent.jar sync");
            } else if (path() == null) {
                console.error(label + " runs untracked: " + whyNotRecorded());
            } else if (!specification().start().part().follows()) {
                console.info(label + " is recorded in " + session.store().folder() + " (" + session.why()
                        + "); deliver it with: java -jar pluto-agent.jar sync");
            }
        }
    }

    /** For a run that has no file: why nothing of it is kept. */
    String whyNotRecorded() {
        return session.why() + ", and nothing can be recorded on disk";
    }

    @Override
    void ended(RunRecord.End end) {
        console.debug(specification().method().label() + " " + end.status() + ", recorded in " + path());
    }
}
