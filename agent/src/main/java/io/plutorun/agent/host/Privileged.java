package io.plutorun.agent.host;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Does something with the agent's own permissions, whatever the program may, whose code is on the stack: a {@code SecurityManager} of the
 * program's would else forbid it.
 *
 * <p>Java 24 (JEP 486) has no {@code SecurityManager} any more, and will have no {@code AccessController} one day.
 */
public final class Privileged {

    private static final int NO_SECURITY_MANAGER = 24;

    private Privileged() {}

    /** Executes an action on this thread, with the agent's permissions. What the action throws is thrown on. */
    @SuppressWarnings("removal") // needed as long as Java 17 is
    public static <T> T run(PrivilegedAction<T> action) {
        return Runtime.version().feature() < NO_SECURITY_MANAGER ? AccessController.doPrivileged(action) : action.run();
    }
}
