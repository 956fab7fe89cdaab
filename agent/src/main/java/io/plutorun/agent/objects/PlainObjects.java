package io.plutorun.agent.objects;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records and other objects of the program that hold data: their fields are what they hold. None are lambdas, proxies, collections,
 * resources (what is {@link AutoCloseable}), loggers, and objects whose class extends one of the JDK's.
 */
final class PlainObjects {

    private static final List<Class<?>> OTHER_KINDS = List.of(
            Iterable.class, Iterator.class, Map.class, Map.Entry.class, CharSequence.class, AutoCloseable.class);

    /** The same of Scala's, which the program need not have. */
    private static final List<String> OTHER_KINDS_OF_SCALA =
            List.of("scala.collection.Iterable", "scala.collection.Iterator");

    /** What the names of classes have in them that frameworks make while the program runs, for proxies. */
    private static final List<String> GENERATED = List.of(
            "$$EnhancerBy", "$$SpringCGLIB$$", "_$$_", "$HibernateProxy$", "$ByteBuddy$", "$MockitoMock$", "$$Lambda");

    private static final List<String> LOGGERS = List.of(
            "org.slf4j.", "ch.qos.logback.", "org.apache.logging.", "org.apache.log4j.", "org.apache.commons.logging.");

    /** A run may be an argument. */
    private static final String ANNOTATIONS = "io.plutorun";

    private final ObjectFields fields;

    PlainObjects(ObjectFields fields) {
        this.fields = fields;
    }

    /** The fields of an object by name, without transient ones and those that a compiler has made; null where it is not plain. */
    @Nullable
    Contents contents(Object object) {
        if (!isPlain(object)) {
            return null;
        }
        List<Map.Entry<String, @Nullable Object>> entries = new ArrayList<>();
        for (Field field : fields.of(object.getClass())) {
            String name = sourceName(field.getName());
            if (!Modifier.isTransient(field.getModifiers()) && !name.isEmpty()) {
                entries.add(new SimpleImmutableEntry<>(name, ObjectFields.read(field, object)));
            }
        }
        return entries.isEmpty() ? null : new Contents(true, entries.iterator(), entries.size());
    }

    /** Scala calls a private field {@code com$acme$Hyper$$lr}. What else has a dollar sign is a compiler's own: the name is empty. */
    private static String sourceName(String name) {
        int expanded = name.lastIndexOf("$$");
        String simple = expanded > 0 ? name.substring(expanded + 2) : name;
        return simple.indexOf('$') < 0 ? simple : "";
    }

    private static boolean isPlain(Object object) {
        Class<?> type = object.getClass();
        if (LanguageLibraries.isPair(type)) {
            return true;
        }
        return !type.isHidden()
                && !type.isSynthetic()
                && !Proxy.isProxyClass(type)
                && !LanguageLibraries.have(type)
                && !type.getPackageName().equals(ANNOTATIONS)
                && extendsNothingOfJdk(type)
                && !isOfOtherKind(object)
                && !isNamedOtherwise(type.getName());
    }

    private static boolean isOfOtherKind(Object object) {
        for (Class<?> kind : OTHER_KINDS) {
            if (kind.isInstance(object)) {
                return true;
            }
        }
        for (String kind : OTHER_KINDS_OF_SCALA) {
            if (PublicMethods.typeOf(object.getClass(), kind) != null) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamedOtherwise(String name) {
        for (String part : GENERATED) {
            if (name.contains(part)) {
                return true;
            }
        }
        for (String loggers : LOGGERS) {
            if (name.startsWith(loggers)) {
                return true;
            }
        }
        return false;
    }

    private static boolean extendsNothingOfJdk(Class<?> type) {
        Class<?> current = type;
        while (current != null && !ObjectFields.isOfJdk(current)) {
            current = current.getSuperclass();
        }
        return current != type && (current == Object.class || current == Record.class);
    }
}
