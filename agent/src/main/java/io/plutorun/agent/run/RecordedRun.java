package io.plutorun.agent.run;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.spec.Specification;

/** A run that is recorded on disk, to be delivered later. */
final class RecordedRun extends ActiveRun {

    private final Session.Recording session;
    private final Console console;
    private final RunJournal journal;

    RecordedRun(Specification specification, Session.Recording session, Console console) {
        super(specification);
        this.session = session;
        this.console = console;
        this.journal = session.store().open();
    }

    @Override
    RunJournal journal() {
        return journal;
    }

    /** Tells where it is, and how to bring it to the server: once for all runs of this process, which go the same way. */
    void begun() {
        if (session.told().compareAndSet(false, true)) {
            String label = specification().method().label();
            if (journal.path() == null) {
                console.error(label + " runs untracked: " + session.why() + ", and nothing can be recorded on disk");
            } else if (!specification().start().part().follows()) {
                console.info(label + " is recorded in " + session.store().folder() + " (" + session.why()
                        + "); deliver it with: java -jar pluto-agent.jar sync");
            }
        }
    }

    @Override
    void ended(RunRecord.End end) {
        console.debug(specification().method().label() + " " + end.status() + ", recorded in " + journal.path());
    }
}
