package io.plutorun.agent.call;

import io.plutorun.agent.call.TrackedMethod.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, as values that can be recorded. No method of the program's own classes is called for it: what is not a
 * scalar, or an array or a JDK collection of scalars, is recorded by the name of its class.
 */
public final class Arguments {

    private static final int MAX_ELEMENTS = 1000;

    /** Of one argument, its elements together: what is longer is cut, and says so. */
    private static final int MAX_CHARACTERS = 64 * 1024;

    /** Some 1,200 digits. To write a number of millions of digits out takes minutes. */
    private static final int MAX_DIGITS_BITS = 4096;

    private static final int MAX_SCALE = 4096;

    /** The JDK has others, but {@code LongAccumulator} and its like call the program's functions to find their value. */
    private static final Set<Class<?>> NUMBERS = Set.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            AtomicInteger.class,
            AtomicLong.class,
            LongAdder.class,
            DoubleAdder.class);

    private final TrackedMethod method;
    private final Object[] values;

    public Arguments(TrackedMethod method, Object[] values) {
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
    public record Captured(String name, @Nullable Object value) {}

    /** The arguments that go into config: all, or those whose parameters ask for it. */
    public List<Captured> captured(boolean all) {
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
            return cut(scalar(value), MAX_CHARACTERS);
        }
        Object[] elements = elements(value);
        if (elements == null || elements.length > MAX_ELEMENTS) {
            return typeName(value);
        }
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        int left = MAX_CHARACTERS;
        for (Object element : elements) {
            if (element != null && !isScalar(element)) {
                return typeName(value);
            }
            Object scalar = cut(scalar(element), left);
            left -= scalar instanceof String text ? Math.min(left, text.length()) : 0;
            list.add(scalar);
        }
        return list;
    }

    /** A text, or a number of so many digits, cut to a length. */
    private static @Nullable Object cut(@Nullable Object scalar, int most) {
        if (scalar instanceof BigInteger number) {
            return number.bitLength() <= MAX_DIGITS_BITS ? number : "a number of " + number.bitLength() + " bits";
        }
        if (scalar instanceof BigDecimal number) {
            return number.unscaledValue().bitLength() <= MAX_DIGITS_BITS && Math.abs((long) number.scale()) <= MAX_SCALE
                    ? number
                    : "a number of " + number.unscaledValue().bitLength() + " bits and scale " + number.scale();
        }
        if (!(scalar instanceof String text) || text.length() <= most) {
            return scalar;
        }
        int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "… (cut, " + text.length() + " characters)";
    }

    private static boolean isScalar(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || NUMBERS.contains(value.getClass());
    }

    private static @Nullable Object scalar(@Nullable Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof DoubleAdder adder) {
            return adder.doubleValue();
        }
        if (value instanceof AtomicInteger || value instanceof AtomicLong || value instanceof LongAdder) {
            return ((Number) value).longValue(); // as it is now, not as it will be when the record is sent
        }
        return value instanceof Character ? value.toString() : value;
    }

    /** The elements of an array, or of a collection of the JDK's: another's might compute them, or load them from somewhere. */
    private static Object @Nullable [] elements(Object value) {
        if (value instanceof Object[] array) {
            return array;
        }
        if (isOfTheJdk(value)) {
            return elements((Collection<?>) value);
        }
        if (!value.getClass().isArray()) {
            return null;
        }
        int length = java.lang.reflect.Array.getLength(value);
        Object[] elements = new Object[Math.min(length, MAX_ELEMENTS + 1)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = java.lang.reflect.Array.get(value, i);
        }
        return elements;
    }

    /** The JDK's unmodifiable and synchronized views do ask what they are views of; whatever that throws is no reason to fail. */
    private static Object @Nullable [] elements(Collection<?> collection) {
        try {
            return collection.size() > MAX_ELEMENTS ? null : collection.toArray();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static boolean isOfTheJdk(Object value) {
        return value instanceof Collection<?> && value.getClass().getClassLoader() == null;
    }

    private static String typeName(Object value) {
        String name = value.getClass().getTypeName();
        try {
            return isOfTheJdk(value) ? name + " of " + ((Collection<?>) value).size() : name;
        } catch (RuntimeException e) {
            return name;
        }
    }
}
