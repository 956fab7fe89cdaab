package io.plutorun.agent.autolog.dl4j;

import io.plutorun.agent.autolog.Parameters;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Public getters that differ from version to version, or from one kind of layer to another. */
final class Getters {

    private Getters() {}

    /**
     * Calls a getter of an object's own class, or one that it inherits; of the program's own layers the ones that they inherit.
     *
     * @param descriptors what it may be declared as
     * @return null where there is none, or it gives null
     * @throws Throwable what it throws
     */
    static @Nullable Object value(Object object, String name, String... descriptors) throws Throwable {
        Class<?> type = object.getClass();
        while (!Modifier.isPublic(type.getModifiers())) {
            type = type.getSuperclass();
        }
        for (String descriptor : descriptors) {
            try {
                return PublicMethods.call(object, type.getName(), name, descriptor);
            } catch (NoSuchMethodException | IllegalAccessException | TypeNotPresentException e) {
                // another version, or another kind
            }
        }
        return null;
    }

    /** A value as config takes it: of an object that has no text of its own, its kind. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof int[] numbers) {
            List<Integer> list = new ArrayList<>();
            for (int number : numbers) {
                list.add(number);
            }
            return list;
        }
        if (value instanceof Iterable<?> values) {
            List<@Nullable Object> list = new ArrayList<>();
            values.forEach(one -> list.add(plain(one)));
            return list;
        }
        Object plain = Parameters.plain(value);
        return value != null
                        && plain instanceof String text
                        && text.startsWith(value.getClass().getName() + "@")
                ? value.getClass().getSimpleName()
                : plain;
    }
}
