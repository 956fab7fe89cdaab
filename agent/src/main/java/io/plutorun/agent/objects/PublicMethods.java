package io.plutorun.agent.objects;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls public methods of a framework's objects, found one by one with their exact types: a listing of a class's methods would load the
 * classes that they name, some of which a program may lack.
 */
public final class PublicMethods {

    /** The handles of a class, by name and type: kept with the class itself, and gone with it. */
    private static final ClassValue<Map<String, MethodHandle>> HANDLES = new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private PublicMethods() {}

    /**
     * Calls a method that takes nothing.
     *
     * @param owner the binary name of the public class or interface that has the method: the object is one of it
     * @param result what the method is declared to return
     * @throws Throwable where there is no such method, or what it throws
     */
    public static @Nullable Object call(Object object, String owner, String name, Class<?> result) throws Throwable {
        return call(object, owner, name, MethodType.methodType(result));
    }

    /**
     * Calls a method.
     *
     * @param owner the binary name of the public class or interface that has the method: the object is one of it
     * @param type what the method is declared to take and to return
     * @throws Throwable where there is no such method, or what it throws
     */
    public static @Nullable Object call(
            Object object, String owner, String name, MethodType type, @Nullable Object... arguments) throws Throwable {
        Class<?> declaring = typeOf(object.getClass(), owner);
        if (declaring == null) {
            throw new NoSuchMethodException(object.getClass().getName() + " is no " + owner);
        }
        @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
        all[0] = object;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return handle(declaring, name, type).invokeWithArguments(all);
    }

    /**
     * Calls a method whose types are the framework's own.
     *
     * @param owner the binary name of the public class or interface that has the method: the object is one of it
     * @param descriptor the method's descriptor: {@code ()Lcom/acme/Result;}
     * @throws Throwable where there is no such method, or what it throws
     */
    public static @Nullable Object call(
            Object object, String owner, String name, String descriptor, @Nullable Object... arguments)
            throws Throwable {
        Class<?> declaring = typeOf(object.getClass(), owner);
        ClassLoader loader = declaring == null ? null : declaring.getClassLoader();
        return call(object, owner, name, MethodType.fromMethodDescriptorString(descriptor, loader), arguments);
    }

    /**
     * Finds a method that takes nothing, for those who call it very often.
     *
     * @param type a class that has it by itself, or by its superclasses and interfaces
     * @param owner the binary name of the public class or interface that declares the method
     * @return takes an object, and gives an object
     * @throws ReflectiveOperationException where there is no such method
     */
    public static MethodHandle getter(Class<?> type, String owner, String name, Class<?> result)
            throws ReflectiveOperationException {
        Class<?> declaring = typeOf(type, owner);
        if (declaring == null) {
            throw new NoSuchMethodException(type.getName() + " is no " + owner);
        }
        return handle(declaring, name, MethodType.methodType(result)).asType(MethodType.genericMethodType(1));
    }

    /**
     * The object of Scala's that stands for what is static.
     *
     * @param name its name, without the dollar sign that its class has
     * @param loader sees it
     * @throws Throwable where there is none
     */
    public static Object scalaObject(String name, @Nullable ClassLoader loader) throws Throwable {
        Class<?> type = Class.forName(name + "$", false, loader);
        return MethodHandles.publicLookup()
                .findStaticGetter(type, "MODULE$", type)
                .invoke();
    }

    private static MethodHandle handle(Class<?> owner, String name, MethodType type)
            throws ReflectiveOperationException {
        Map<String, MethodHandle> known = HANDLES.get(owner);
        String key = name + type.toMethodDescriptorString();
        MethodHandle handle = known.get(key);
        if (handle == null) {
            handle = MethodHandles.publicLookup().findVirtual(owner, name, type);
            known.put(key, handle);
        }
        return handle;
    }

    /** The class itself, or its superclass or interface, of a binary name; null where it is none. */
    public static @Nullable Class<?> typeOf(Class<?> type, String name) {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            if (current.getName().equals(name)) {
                return current;
            }
            for (Class<?> implemented : current.getInterfaces()) {
                Class<?> found = typeOf(implemented, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
