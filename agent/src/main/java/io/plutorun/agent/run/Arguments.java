package io.plutorun.agent.run;

import io.plutorun.agent.run.TrackedMethod.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, as values that can be recorded. No method of the program's own classes is called for it: what is not a
 * scalar, or an array or a JDK collection of scalars, is recorded by the name of its class.
 */
final class Arguments {

    private static final int MOST_ELEMENTS = 1000;

    private final TrackedMethod method;
    private final Object[] values;

    Arguments(TrackedMethod method, Object[] values) {
        this.method = method;
        this.values = values;
    }

    /** The recordable value of an argument, by its position, its config name or its declared name. */
    Optional<String> text(String nameOrPosition) {
        for (int i = 0; i < method.parameters().size() && i < values.length; i++) {
            Parameter parameter = method.parameters().get(i);
            if (nameOrPosition.equals(String.valueOf(i))
                    || nameOrPosition.equals(parameter.name())
                    || nameOrPosition.equals(parameter.declaredName())) {
                Object value = recordable(values[i]);
                return value == null ? Optional.empty() : Optional.of(value.toString());
            }
        }
        return Optional.empty();
    }

    /** A parameter's name in config, and the recordable value of its argument. */
    record Captured(String name, @Nullable Object value) {}

    /** The arguments that go into config: all, or those whose parameters ask for it. */
    List<Captured> captured(boolean all) {
        List<Captured> captured = new ArrayList<>();
        for (int i = 0; i < method.parameters().size() && i < values.length; i++) {
            Parameter parameter = method.parameters().get(i);
            if (all || parameter.captured()) {
                captured.add(new Captured(parameter.name(), recordable(values[i])));
            }
        }
        return captured;
    }

    private static @Nullable Object recordable(@Nullable Object value) {
        if (value == null || isScalar(value)) {
            return scalar(value);
        }
        Object[] elements = elements(value);
        if (elements == null || elements.length > MOST_ELEMENTS) {
            return typeName(value, elements);
        }
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            if (element != null && !isScalar(element)) {
                return typeName(value, elements);
            }
            list.add(scalar(element));
        }
        return list;
    }

    private static boolean isScalar(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || (value instanceof Number && value.getClass().getClassLoader() == null);
    }

    private static @Nullable Object scalar(@Nullable Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof Character ? value.toString() : value;
    }

    /** The elements of an array, or of a collection of the JDK's: another's might compute them, or load them from somewhere. */
    private static Object @Nullable [] elements(Object value) {
        if (value instanceof Object[] array) {
            return array;
        }
        if (value instanceof Collection<?> collection && value.getClass().getClassLoader() == null) {
            return collection.toArray();
        }
        if (!value.getClass().isArray()) {
            return null;
        }
        int length = java.lang.reflect.Array.getLength(value);
        Object[] elements = new Object[Math.min(length, MOST_ELEMENTS + 1)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = java.lang.reflect.Array.get(value, i);
        }
        return elements;
    }

    private static String typeName(Object value, Object @Nullable [] elements) {
        String name = value.getClass().getTypeName();
        return elements == null || value.getClass().isArray() ? name : name + " of " + elements.length;
    }
}
