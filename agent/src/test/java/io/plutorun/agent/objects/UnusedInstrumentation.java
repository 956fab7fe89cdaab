package io.plutorun.agent.objects;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;

/**
 * For tests of what reads fields. Test classes are in the unnamed module, of which nothing has to be opened, and the tests' JVM is started
 * with those packages of the JDK open that are looked into.
 */
public final class UnusedInstrumentation {

    private UnusedInstrumentation() {}

    /** An instrumentation that must not be called. */
    public static Instrumentation get() {
        return (Instrumentation) Proxy.newProxyInstance(
                UnusedInstrumentation.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError(method.getName());
                });
    }

    /** Reads fields. */
    public static ObjectFields fields() {
        return new ObjectFields(get());
    }

    /** Makes trees. */
    public static ObjectTrees trees() {
        return new ObjectTrees(get());
    }
}
