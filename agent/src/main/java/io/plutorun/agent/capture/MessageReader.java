package io.plutorun.agent.capture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the message of a framework's records, by the public method that its own layouts call. A record is of a class of the program: what
 * is found out about the class is kept with it.
 */
final class MessageReader {

    private static final MethodType GETTER = MethodType.methodType(String.class);
    private static final MethodHandle NONE =
            MethodHandles.dropArguments(MethodHandles.constant(String.class, ""), 0, Object.class);

    private final String type;
    private final String method;

    private final ClassValue<MethodHandle> handles = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> record) {
            Class<?> declaring = supertype(record);
            try {
                return declaring == null
                        ? NONE
                        : MethodHandles.publicLookup()
                                .findVirtual(declaring, method, GETTER)
                                .asType(GETTER.insertParameterTypes(0, Object.class));
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
        String message = (String) handles.get(record.getClass()).invokeExact(record);
        return message == null ? "" : message;
    }

    private @Nullable Class<?> supertype(Class<?> record) {
        for (Class<?> each = record; each != null; each = each.getSuperclass()) {
            if (each.getName().equals(type)) {
                return each;
            }
            for (Class<?> implemented : each.getInterfaces()) {
                Class<?> found = supertype(implemented);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
