package io.plutorun.agent.results;

import io.plutorun.agent.objects.LibraryObjects;
import io.plutorun.agent.objects.ObjectFields;
import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The numbers in what a method returns: itself a number, an optional of one, or a record, an object or a map with numbers in
 * its fields or under its keys. Maps are those of the JDK and of Scala's and Kotlin's standard libraries, also in wrappers. Fields are read, and nothing of the program is called: a {@code Number} of the program's own is an object
 * like others.
 */
final class NumbersOf {

    private final ObjectFields fields;
    private final LibraryObjects libraries;

    NumbersOf(ObjectFields fields) {
        this.fields = fields;
        this.libraries = new LibraryObjects(fields);
    }

    /**
     * Gives all numbers.
     *
     * @param name the name of a number that is itself the result; else {@code name/field}
     * @return how many there are
     */
    int give(String name, @Nullable Object result, ObjDoubleConsumer<String> taker) {
        Object content = LibraryObjects.contentOf(result);
        if (content == null) {
            return 0;
        }
        Number number = number(content);
        if (number != null) {
            taker.accept(name, number.doubleValue());
            return 1;
        }
        Iterator<? extends Map.Entry<?, ?>> entries = libraries.entries(content);
        if (entries != null) {
            return giveEntries(name, entries, taker);
        }
        return LibraryObjects.have(content.getClass()) ? 0 : giveFields(name, content, taker);
    }

    /** A number of the JDK: others could compute what they are asked for. */
    private static @Nullable Number number(@Nullable Object object) {
        return object instanceof Number number && ObjectFields.isOfJdk(object.getClass()) ? number : null;
    }

    private static int giveEntries(
            String name, Iterator<? extends Map.Entry<?, ?>> entries, ObjDoubleConsumer<String> taker) {
        int given = 0;
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            String key = key(entry.getKey());
            if (key != null) {
                given += giveIfNumber(name, key, entry.getValue(), taker);
            }
        }
        return given;
    }

    /** The text of a key whose text is the JDK's to make; null of others. */
    private static @Nullable String key(@Nullable Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        return number(key) != null || key instanceof Character || key instanceof Boolean ? String.valueOf(key) : null;
    }

    private int giveFields(String name, Object object, ObjDoubleConsumer<String> taker) {
        int given = 0;
        for (Field field : fields.of(object.getClass())) {
            given += giveIfNumber(name, field.getName(), ObjectFields.read(field, object), taker);
        }
        return given;
    }

    private static int giveIfNumber(String name, String part, @Nullable Object value, ObjDoubleConsumer<String> taker) {
        Number number = number(LibraryObjects.contentOf(value));
        if (number == null) {
            return 0;
        }
        taker.accept(name + "/" + part, number.doubleValue());
        return 1;
    }
}
