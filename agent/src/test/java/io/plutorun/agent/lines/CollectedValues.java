package io.plutorun.agent.lines;

import io.plutorun.agent.metrics.RunValues;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** The numbers that were logged, as texts: {@code name=value}, or {@code name@step=value}. */
final class CollectedValues {

    private final List<String> values = new ArrayList<>();

    /** Where they go. */
    RunValues taker() {
        return (RunValues) Proxy.newProxyInstance(
                RunValues.class.getClassLoader(), new Class<?>[] {RunValues.class}, (proxy, method, arguments) -> {
                    assert method.getName().equals("log") : method;
                    add(arguments);
                    return null;
                });
    }

    private synchronized void add(Object[] arguments) {
        values.add(arguments[0] + (arguments.length == 3 ? "@" + arguments[2] : "") + "=" + arguments[1]);
    }

    synchronized List<String> all() {
        return List.copyOf(values);
    }
}
