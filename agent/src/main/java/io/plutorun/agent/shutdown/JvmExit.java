package io.plutorun.agent.shutdown;

import io.plutorun.agent.host.AgentThreads;

/**
 * Ends the program's JVM, as the user has asked for with {@code PLUTO_ON_CANCEL=exit}: orderly, so that shutdown hooks run, and with the
 * exit code of Pluto's Python SDK. On a thread of its own, since the one that calls {@code exit} never comes back from it, and the
 * agent's own shutdown hook needs the others.
 */
public final class JvmExit {

    /** As the Python SDK has it. */
    public static final int CODE = 2;

    private JvmExit() {}

    public static void begin() {
        new AgentThreads("exit")
                .newThread(() -> Runtime.getRuntime().exit(CODE))
                .start();
    }
}
