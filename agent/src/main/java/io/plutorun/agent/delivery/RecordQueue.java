package io.plutorun.agent.delivery;

import io.plutorun.agent.api.TagRules;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.json.JsonObjects;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one run that are not delivered yet, in the order in which they are to be sent. No other lock is taken while its own is held. */
final class RecordQueue {

    private final Deque<RunRecord> records = new ArrayDeque<>();
    /** How many records of the journal a merged one stands for. By the very object. */
    private final IdentityHashMap<RunRecord, Integer> merges = new IdentityHashMap<>();

    private final List<RunRecord> followUps =
            new ArrayList<>(); // derived from the start record, so the journal does not hold them

    /**
     * Adds a record. A sign of life is not added while another one waits. Config, tags and notes that follow on their like are sent with them: a
     * program may say something of its run at each step of its work.
     */
    synchronized void add(RunRecord record) {
        RunRecord last = records.peekLast();
        boolean mayBeOnItsWay = records.size() <= 1;
        boolean isFollowUp = followUps.stream().anyMatch(followUp -> followUp == last);
        RunRecord merged = last == null || mayBeOnItsWay || isFollowUp ? null : merged(last, record);
        if (last != null && merged != null) {
            records.pollLast();
            Integer before = merges.remove(last);
            merges.put(merged, (before == null ? 1 : before) + 1);
            records.add(merged);
            return;
        }
        if (!(record instanceof RunRecord.Alive)
                || records.stream().noneMatch(waiting -> waiting instanceof RunRecord.Alive)) {
            records.add(record);
        }
    }

    /** What two records come to, one after the other; null where they are to be sent each on its own. */
    private static @Nullable RunRecord merged(RunRecord first, RunRecord then) {
        if (first instanceof RunRecord.Config config && then instanceof RunRecord.Config more) {
            return new RunRecord.Config(JsonObjects.merge(config.values(), more.values()));
        }
        if (first instanceof RunRecord.Tags tags && then instanceof RunRecord.Tags more) {
            return new RunRecord.Tags(TagRules.merged(tags.added(), more.added()));
        }
        return first instanceof RunRecord.Notes && then instanceof RunRecord.Notes notes
                ? new RunRecord.Notes(notes.text())
                : null;
    }

    /** Puts what follows from the start ahead of all else. */
    synchronized void addFollowUps(List<RunRecord> added) {
        followUps.addAll(added);
        for (int i = added.size() - 1; i >= 0; i--) {
            records.addFirst(added.get(i));
        }
    }

    synchronized @Nullable RunRecord first() {
        return records.peek();
    }

    synchronized boolean isEmpty() {
        return records.isEmpty();
    }

    synchronized boolean endsWithVerdict() {
        return records.peekLast() instanceof RunRecord.End;
    }

    Urgency urgency() {
        RunRecord next = first();
        return next instanceof RunRecord.Start
                ? Urgency.START
                : next instanceof RunRecord.End ? Urgency.VERDICT : Urgency.REST;
    }

    /**
     * Removes a record that has been answered.
     *
     * @return how many of the journal's records it was
     */
    synchronized int remove(RunRecord record) {
        // The very objects, since to compare records by value means to spin classes, for which there may be no memory.
        if (records.peek() == record) {
            records.poll();
        }
        boolean isFollowUp = followUps.removeIf(followUp -> followUp == record);
        if (isFollowUp || record instanceof RunRecord.Alive) {
            return 0;
        }
        Integer merged = merges.remove(record);
        return merged == null ? 1 : merged;
    }

    synchronized void clear() {
        records.clear();
        merges.clear();
    }
}
