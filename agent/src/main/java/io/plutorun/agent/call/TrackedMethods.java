package io.plutorun.agent.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers tracked methods: woven code names its method by a number. Methods that are alike share one, so that a program that loads the
 * same class over and over, in new class loaders, does not make this grow.
 */
public final class TrackedMethods {

    private final Map<TrackedMethod, Integer> numbers = new HashMap<>();
    private final List<TrackedMethod> methods = new ArrayList<>();

    /** The number of a method. */
    public synchronized int register(TrackedMethod method) {
        return numbers.computeIfAbsent(method, fresh -> {
            methods.add(fresh);
            return methods.size() - 1;
        });
    }

    public synchronized TrackedMethod get(int number) {
        return methods.get(number);
    }
}
