package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** OLCUT's pair of two objects. */
final class Pairs {

    private static final String PAIR = "com.oracle.labs.mlrg.olcut.util.Pair";

    private Pairs() {}

    static @Nullable Object first(Object pair) throws Throwable {
        return PublicMethods.call(pair, PAIR, "getA", Object.class);
    }

    static @Nullable Object second(Object pair) throws Throwable {
        return PublicMethods.call(pair, PAIR, "getB", Object.class);
    }

    /** Gives the first object of pairs of a class. */
    static MethodHandle first(Class<?> type) throws ReflectiveOperationException {
        return PublicMethods.getter(type, PAIR, "getA", Object.class);
    }
}
