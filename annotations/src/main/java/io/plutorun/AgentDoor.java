package io.plutorun;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Function;

/**
 * Finds the agent's door, {@code java.lang.PlutoBridge}, from wherever this class was loaded.
 *
 * <p>The door is not there at compile time, nor in a JVM without the agent, and the agent opens it only when it meets the first tracked
 * class, which may be after the first call of {@link Pluto#current()}. So it is looked up by name in the bootstrap loader, and asked for
 * again until it is found. What comes through it are types of {@code java.*} alone, since with child-first class loaders there may be
 * several copies of {@link Run}, none of which the agent can see.
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
            return BridgedRun.INACTIVE; // a door that this version of the annotations does not fit: as without agent
        }
    }

    /**
     * From now on this thread is inside the call that a handle stands for.
     *
     * @return what {@link #leave} must be given; null where there is nothing to leave
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
                return null; // no agent, or a SecurityManager that does not let anybody look
            }
        }
        return door;
    }
}
