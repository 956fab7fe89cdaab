package io.plutorun;

import java.lang.invoke.MethodHandle;
import java.util.function.Function;

/**
 * The way to the agent, from any class loader.
 *
 * <p>The agent's bridge, {@code java.lang.PlutoBridge}, does not exist at compile time, nor in a JVM without the agent. The agent defines
 * it when it meets the first tracked class. This class looks for it once, when it is initialised. Where that was too early, the agent sets
 * {@link #agent}: it looks for all copies of this class that are loaded, once, when its bridge is ready. So without an agent a call costs
 * the read of a field.
 *
 * <p>Only {@code java.*} types are passed: with child-first class loaders there may be several copies of {@link Run}, and the agent can see
 * none of them.
 */
final class AgentDoor {

    private static final String BRIDGE = "java.lang.PlutoBridge";

    /** The agent's functions by name, as method handles; null while there is no agent. The agent sets it by this name. */
    private static volatile Function<String, Object> agent = ofBridge();

    private AgentDoor() {}

    /** Whether there is an agent. */
    static boolean isOpen() {
        return agent != null;
    }

    /**
     * The call whose run this thread means, as a function from an attribute's name to its value: the innermost tracked call of the
     * thread, else one of the only active run's.
     *
     * @return null for none, for several runs, and without an agent
     */
    @SuppressWarnings("unchecked") // the contract of PlutoBridge.current
    static Function<String, Object> current() {
        if (agent == null) {
            return null;
        }
        try {
            return (Function<String, Object>) RunHandles.CURRENT.invokeExact();
        } catch (Throwable failureOfTheAgent) {
            return null;
        }
    }

    /**
     * Makes the run of {@code call} the current one on this thread.
     *
     * @return the value to pass to {@link #leave}; null if there is no agent
     */
    static Object enter(Object call) {
        if (agent == null) {
            return null;
        }
        try {
            return (Object) RunHandles.CARRY.invokeExact(call);
        } catch (Throwable failureOfTheAgent) {
            return null;
        }
    }

    /** Ends what {@link #enter} began on this thread. */
    static void leave(Object frame) {
        if (frame != null) {
            try {
                RunHandles.LEAVE.invokeExact(frame);
            } catch (Throwable failureOfTheAgent) {
                // the program goes on
            }
        }
    }

    /**
     * Logs a value at the next of the name's own steps.
     *
     * @param call the call whose run it belongs to; null where that is no single run
     */
    static void log(Object call, String name, double value) {
        if (agent != null) {
            try {
                ValueHandles.LOG.invokeExact(call, name, value);
            } catch (Throwable failureOfTheAgent) {
                // the program goes on
            }
        }
    }

    /** Logs a value at this step; see {@link #log(Object, String, double)}. */
    static void log(Object call, String name, double value, long step) {
        if (agent != null) {
            try {
                ValueHandles.LOG_AT.invokeExact(call, name, value, step);
            } catch (Throwable failureOfTheAgent) {
                // the program goes on
            }
        }
    }

    /**
     * Logs what is no number.
     *
     * @param call the call whose run it belongs to; null where that is no single run
     * @param kind what the agent's {@code Tracker.record} knows
     * @param arguments of types that belong to the kind
     */
    static void record(Object call, String kind, Object... arguments) {
        if (agent != null) {
            try {
                ValueHandles.RECORD.invokeExact(call, kind, arguments);
            } catch (Throwable failureOfTheAgent) {
                // the program goes on
            }
        }
    }

    /** The functions of a bridge that is ready; null when there is none yet. */
    private static Function<String, Object> ofBridge() {
        try {
            @SuppressWarnings("unchecked") // the contract of PlutoBridge.functions
            Function<String, Object> functions =
                    (Function<String, Object>) bridge().getMethod("functions").invoke(null);
            return functions;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null; // there is no agent, or one of another version
        }
    }

    private static Class<?> bridge() throws ClassNotFoundException {
        try {
            return Class.forName(BRIDGE, false, null);
        } catch (SecurityException e) { // the program's SecurityManager lets nobody name the bootstrap loader
            return Class.forName(BRIDGE, false, AgentDoor.class.getClassLoader());
        }
    }

    /** Null for what this version of the agent has not: then a call fails, and does nothing. */
    private static MethodHandle handle(String name) {
        return (MethodHandle) agent.apply(name);
    }

    /**
     * Which run is meant. Initialised by the first call with an agent: handles take some milliseconds to make. Constants, since a
     * just-in-time compiler then compiles what is behind them into the caller.
     */
    private static final class RunHandles {

        static final MethodHandle CURRENT = handle("current");
        static final MethodHandle CARRY = handle("carry");
        static final MethodHandle LEAVE = handle("leave");
    }

    /** What is logged; initialised apart, for the programs that log nothing. */
    private static final class ValueHandles {

        static final MethodHandle LOG = handle("log");
        static final MethodHandle LOG_AT = handle("logAt");
        static final MethodHandle RECORD = handle("record");
    }
}
