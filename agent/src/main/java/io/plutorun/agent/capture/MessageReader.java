package io.plutorun.agent.capture;

import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * Reads the message of a framework's records, by the public method that its own layouts call. A record is of a class of the program: what
 * is found out about the class is kept with it.
 */
final class MessageReader {

    private static final MethodHandle NONE =
            MethodHandles.dropArguments(MethodHandles.constant(Object.class, ""), 0, Object.class);

    private final String type;
    private final String method;

    private final ClassValue<MethodHandle> handles = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> record) {
            try {
                return PublicMethods.getter(record, type, method, String.class);
            } catch (ReflectiveOperationException e) { // another version
                return NONE;
            }
        }
    };

    /**
     * Makes it.
     *
     * @param type the public type that declares the method
     * @param method what gives the message
     */
    MessageReader(String type, String method) {
        this.type = type;
        this.method = method;
    }

    /** The message, with its arguments in it; empty where there is none. */
    String read(Object record) throws Throwable {
        String message = (String) (Object) handles.get(record.getClass()).invokeExact(record);
        return message == null ? "" : message;
    }
}
