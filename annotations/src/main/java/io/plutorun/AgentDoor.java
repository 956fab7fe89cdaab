package io.plutorun;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Function;

/**
 * Finds the agent's bridge, {@code java.lang.PlutoBridge}, from any class loader.
 *
 * <p>The bridge does not exist at compile time, nor in a JVM without the agent. The agent defines it when it meets the first tracked
 * class, which may be after the first call of {@link Pluto#current()}. So this class looks it up by name in the bootstrap loader, and
 * tries again at each call until it is found. Only {@code java.*} types are passed: with child-first class loaders there may be several
 * copies of {@link Run}, and the agent can see none of them.
 */
final class AgentDoor {

    private static volatile AgentDoor found;

    private final Method current;
    private final Method carry;
    private final Method leave;

    private AgentDoor(Class<?> door) throws NoSuchMethodException {
        this.current = door.getMethod("current");
        this.carry = door.getMethod("carry", Object.class);
        this.leave = door.getMethod("leave", Object.class);
    }

    static Run current() {
        AgentDoor door = find();
        if (door == null) {
            return BridgedRun.INACTIVE;
        }
        try {
            @SuppressWarnings("unchecked") // the contract of PlutoBridge.current
            Function<String, Object> handle = (Function<String, Object>) door.current.invoke(null);
            return handle == null ? BridgedRun.INACTIVE : new BridgedRun(handle);
        } catch (IllegalAccessException | InvocationTargetException | ClassCastException e) {
            return BridgedRun.INACTIVE; // the agent has another version of the bridge: do as without agent
        }
    }

    /**
     * Makes the run of {@code handle} the current one on this thread.
     *
     * @return the value to pass to {@link #leave}; null if there is no agent
     */
    static Object enter(Function<String, Object> handle) {
        AgentDoor door = find();
        return door == null ? null : invoke(door.carry, handle);
    }

    static void leave(Object frame) {
        AgentDoor door = find();
        if (door != null && frame != null) {
            invoke(door.leave, frame);
        }
    }

    private static Object invoke(Method method, Object argument) {
        try {
            return method.invoke(null, argument);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    private static AgentDoor find() {
        AgentDoor door = found;
        if (door == null) {
            try {
                door = new AgentDoor(Class.forName("java.lang.PlutoBridge", false, null));
                found = door;
            } catch (ClassNotFoundException | NoSuchMethodException | SecurityException e) {
                return null; // there is no agent, or a SecurityManager forbids the lookup
            }
        }
        return door;
    }
}
