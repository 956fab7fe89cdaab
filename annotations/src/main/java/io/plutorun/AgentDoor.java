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

    private static volatile Method current;

    private AgentDoor() {}

    static Run current() {
        Method door = current;
        if (door == null) {
            door = find();
            if (door == null) {
                return BridgedRun.INACTIVE;
            }
            current = door;
        }
        try {
            @SuppressWarnings("unchecked") // the contract of PlutoBridge.current
            Function<String, Object> handle = (Function<String, Object>) door.invoke(null);
            return handle == null ? BridgedRun.INACTIVE : new BridgedRun(handle);
        } catch (IllegalAccessException | InvocationTargetException | ClassCastException e) {
            return BridgedRun.INACTIVE; // a door that this version of the annotations does not fit: as without agent
        }
    }

    private static Method find() {
        try {
            return Class.forName("java.lang.PlutoBridge", false, null).getMethod("current");
        } catch (ClassNotFoundException | NoSuchMethodException | SecurityException e) {
            return null; // no agent, or a SecurityManager that does not let anybody look
        }
    }
}
