package io.plutorun.agent.delivery;

/** What the sender does at this moment. */
enum SenderActivity {
    IDLE,
    /** It waits for a thread, for its time, or for the server to be back. */
    WAITING,
    SENDING,
    /** It has been tried in vain while the JVM ends. */
    TRIED_IN_VAIN
}
