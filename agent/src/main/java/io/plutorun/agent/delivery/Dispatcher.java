package io.plutorun.agent.delivery;

import io.plutorun.agent.send.AnswerRule;
import java.time.Duration;

/** Lets the senders of all runs take turns. */
interface Dispatcher {

    /** What is delivered: the records of one run. */
    interface Task extends Runnable {

        /** How urgent the next record is. */
        Urgency urgency();

        /**
         * Asks whether a later task must wait until this one has delivered the end of its run. If so, this task remembers the later one,
         * which is executed when this one is done.
         *
         * @return whether the later task has to wait
         */
        boolean precedes(Task later);
    }

    /**
     * Queues a task for its next turn.
     *
     * @throws OutOfMemoryError when no thread can be started; the task is not queued then
     */
    void execute(Task task);

    /** Queues a task for a turn after a wait, or at once when the JVM ends. */
    void executeAfter(Duration wait, Task task);

    /** Whether a task has to wait until another task has delivered the end of the same run. */
    boolean waitsForAnEarlierEnd(Task task);

    /** Whether a task may send to the server now; if not, it is executed again when the server is back. */
    boolean mayGo(Task task);

    /** Tells what came of a task's request: what the server's answer means, or that there was none. */
    void heard(Task task, AnswerRule answer);

    /** Whether something more urgent waits for a thread. */
    boolean hasMoreUrgentThan(Task task);

    /** Whether the server is known not to answer. */
    boolean isServerAway();

    /** Whether the JVM is ending. */
    boolean isJvmEnding();

    /** A task has nothing to deliver for the moment, or can't deliver what it has. */
    void pauses(Task task);

    /** All records of a task are delivered, or will never be. */
    void isDone(Task task);
}
