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
         * Takes on another one that has to wait until this one has delivered its end.
         *
         * @return whether that one has to wait; it is sent on its way when this one is done
         */
        boolean precedes(Task later);
    }

    /** Has it go on. An OutOfMemoryError means that it does not. */
    void execute(Task task);

    /** Has it go on after a while, or at once when the JVM ends. */
    void executeAfter(Duration wait, Task task);

    /** Whether it has to wait until another one has delivered the end of the same run. */
    boolean waitsForAnEarlierEnd(Task task);

    /** Whether it may go to the server; if not, it is executed again when the server is back. */
    boolean mayGo(Task task);

    /** The server has answered, or not. */
    void heard(Task task, AnswerRule answer);

    /** Whether something more urgent waits for a thread. */
    boolean hasMoreUrgentThan(Task task);

    /** Whether the server is known not to answer. */
    boolean isServerAway();

    /** Whether the JVM ends. */
    boolean jvmEnds();

    /** It has nothing to deliver for the moment, or will not get it delivered any more. */
    void pauses(Task task);

    /** All of it is delivered, or will never be. */
    void isDone(Task task);
}
