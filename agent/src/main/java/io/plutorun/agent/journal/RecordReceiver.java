package io.plutorun.agent.journal;

/** Takes a run's records on from its journal, in their order, once they are on disk. Called under the journal's lock; must not block. */
public interface RecordReceiver {

    /** A record was added to the journal, already redacted. */
    void take(RunRecord record);

    /** See {@link RunJournal#abandon}. */
    void abandon();
}
