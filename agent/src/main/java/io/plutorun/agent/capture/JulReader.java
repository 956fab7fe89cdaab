package io.plutorun.agent.capture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Reads the message of {@code java.util.logging}'s records. By name, and when the first record is there: the agent must not be the one who
 * initialises the program's logging.
 */
final class JulReader {

    private final MethodHandle isLoggable;
    private final MethodHandle formatMessage;

    JulReader() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> logger = type("Logger");
        Class<?> level = type("Level");
        Class<?> record = type("LogRecord");
        Class<?> formatter = type("SimpleFormatter");
        MethodHandle levelOf = lookup.findVirtual(record, "getLevel", MethodType.methodType(level));
        isLoggable = MethodHandles.filterArguments(
                        lookup.findVirtual(logger, "isLoggable", MethodType.methodType(boolean.class, level)),
                        1,
                        levelOf)
                .asType(MethodType.methodType(boolean.class, Object.class, Object.class));
        formatMessage = lookup.findVirtual(formatter, "formatMessage", MethodType.methodType(String.class, record))
                .asType(MethodType.methodType(String.class, Object.class, Object.class))
                .bindTo(formatter.getConstructor().newInstance());
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("java.util.logging." + name, true, null);
    }

    /** Whether the logger's level lets the record through. */
    boolean isLoggable(Object logger, Object record) throws Throwable {
        return (boolean) isLoggable.invokeExact(logger, record);
    }

    /** The message, in the record's language, with its parameters in it; empty where there is none. */
    String read(Object record) throws Throwable {
        String message = (String) formatMessage.invokeExact(record);
        return message == null ? "" : message;
    }
}
