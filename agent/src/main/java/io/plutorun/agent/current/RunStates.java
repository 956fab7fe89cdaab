package io.plutorun.agent.current;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What recorders keep for one run: see {@link CurrentRun#state}. */
public final class RunStates {

    private final Map<Class<?>, Object> states = new ConcurrentHashMap<>();

    /** The one of this type, made if there is none. */
    public <T> T get(Class<T> type, Supplier<T> fresh) {
        Object state = states.get(type);
        return type.cast(state != null ? state : states.computeIfAbsent(type, absent -> fresh.get()));
    }
}
