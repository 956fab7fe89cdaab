package io.plutorun.agent.run;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;

/** What becomes of a call that gets no run: it executes untracked, and a line says why; or it must not start, if the user wants that. */
public final class UntrackedCalls {

    /** The text when the agent's failure leaves no way to make another text. */
    private static final String FAULT =
            "pluto: a tracked method does not start: the agent failed, and PLUTO_ON_ERROR is fail";

    private final boolean failOnError;
    private final Redactor redactor;
    private final Console console;
    private boolean sessionProblemTold;

    /**
     * Makes the rule for untracked calls.
     *
     * @param failOnError whether a method must not start untracked
     */
    public UntrackedCalls(boolean failOnError, Redactor redactor, Console console) {
        this.failOnError = failOnError;
        this.redactor = redactor;
        this.console = console;
    }

    /** Whether a method must not start untracked. */
    boolean mustNotStart() {
        return failOnError;
    }

    /** What the method is kept from starting with. */
    String notStarted(TrackedMethod method, String why) {
        return "pluto: " + redactor.text(method.label() + " does not start: " + why);
    }

    /**
     * The call executes untracked, or not at all.
     *
     * @param kind the kind of reason; repeated lines of one kind are counted, see {@link Console#errorCounted}
     */
    Object untracked(TrackedMethod method, String kind, String why) {
        if (failOnError) {
            return notStarted(method, why);
        }
        console.errorCounted(kind, method.label() + " runs untracked: " + why);
        return Call.UNTRACKED;
    }

    /** As {@link #untracked}, for a reason that holds for all calls of this process: the line is printed once. */
    Object allUntracked(TrackedMethod method, String why) {
        synchronized (this) {
            if (sessionProblemTold && !failOnError) {
                return Call.UNTRACKED;
            }
            sessionProblemTold = true;
        }
        return untracked(method, "session", why);
    }

    /** The agent itself failed, perhaps for want of memory or stack: then not even the line can be relied on. */
    Object fault(TrackedMethod method, Throwable thrown) {
        try {
            return isForWantOfResources(thrown)
                    ? untracked(method, "memory", "the JVM was short of memory, stack or files (" + thrown + ")")
                    : untracked(method, "fault", "the agent failed (" + thrown + "), please report this");
        } catch (Throwable again) {
            return fault();
        }
    }

    /**
     * Whether the JVM was short of something. A class that could not be initialised for want of memory can't be used any more: then the
     * want is the error's cause. A JVM without file handles throws an InternalError.
     */
    private static boolean isForWantOfResources(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof VirtualMachineError
                || (thrown instanceof LinkageError
                        && cause != null
                        && (cause instanceof VirtualMachineError
                                || String.valueOf(cause.getMessage()).contains(OutOfMemoryError.class.getName())));
    }

    /** As {@link #fault(TrackedMethod, Throwable)}, where no line can be printed any more. Makes no object. */
    Object fault() {
        return failOnError ? FAULT : Call.UNTRACKED;
    }
}
