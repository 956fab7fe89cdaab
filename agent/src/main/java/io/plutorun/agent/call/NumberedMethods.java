package io.plutorun.agent.call;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers methods: woven code names its method by a number. Methods that are alike share one, so that a program that loads the same class
 * over and over, in new class loaders, does not make this grow. A look-up takes no lock, since the program's threads do it.
 *
 * @param <M> what is known of a method; equal for methods that are alike
 */
public abstract class NumberedMethods<M> {

    private static final int FIRST_CAPACITY = 16;

    private final Map<M, Integer> numbers = new HashMap<>();

    /** By number; whoever writes an element writes this field after it, so that every thread sees both. */
    private volatile Object[] methods = new Object[FIRST_CAPACITY];

    /** The number of a method. */
    public synchronized int register(M method) {
        Integer known = numbers.get(method);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        Object[] all = number < methods.length ? methods : Arrays.copyOf(methods, 2 * number);
        all[number] = method;
        methods = all;
        numbers.put(method, number);
        return number;
    }

    /** Whether there is none. */
    public synchronized boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** The method with a number that {@link #register} gave. */
    @SuppressWarnings("unchecked") // register alone puts elements in
    public M get(int number) {
        return (M) methods[number];
    }
}
