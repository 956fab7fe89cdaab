package io.plutorun.agent.objects;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values and collections of Scala's and Kotlin's standard libraries. Those are left out that compute their elements. */
final class LanguageLibraries {

    /** What the names of all classes of Scala's library begin with. */
    private static final String OF_SCALA = "scala.";

    /** The same of Kotlin's. The names of its classes are not written out whole here: the packer would add those classes to the engine. */
    private static final String OF_KOTLIN = "kotlin.";

    /** Kotlin's other collections are the JDK's, or views. */
    private static final Set<String> KOTLIN_COLLECTIONS = Set.of(
            "ArrayAsCollection",
            "ArrayDeque",
            "EmptyList",
            "EmptyMap",
            "EmptySet",
            "builders.ListBuilder",
            "builders.MapBuilder",
            "builders.SetBuilder");

    /** Classes whose {@code toString} is what a person writes for the value. */
    private static final Set<String> KOTLIN_TEXTS = Set.of(
            "UByte",
            "UInt",
            "ULong",
            "UShort",
            "ranges.CharProgression",
            "ranges.CharRange",
            "ranges.IntProgression",
            "ranges.IntRange",
            "ranges.LongProgression",
            "ranges.LongRange",
            "time.Duration");

    private static final Set<String> KOTLIN_PAIRS = Set.of("Pair", "Triple");

    /** Parts of the names of Scala's classes that compute their elements, or ask the program for them. */
    private static final List<String> SCALA_COMPUTED = List.of(
            "LazyList",
            "Stream",
            "NumericRange",
            "WithDefault",
            "View",
            "Projection",
            "KeySet",
            "WeakHashMap",
            "$anon");

    private static final String SCALA_ITERATOR = "()Lscala/collection/Iterator;";

    private LanguageLibraries() {}

    /** Whether a class belongs to one of the two libraries. */
    static boolean have(Class<?> type) {
        return type.getName().startsWith(OF_SCALA) || type.getName().startsWith(OF_KOTLIN);
    }

    /** Whether a class of theirs is a record in all but name. */
    static boolean isPair(Class<?> type) {
        return isKotlin(type.getName(), "", KOTLIN_PAIRS);
    }

    /** A number or a text; null where an object is none. */
    static @Nullable Object scalar(Object value) {
        String name = value.getClass().getName();
        try {
            return switch (name) {
                case "scala.math.BigDecimal" -> PublicMethods.call(value, name, "bigDecimal", BigDecimal.class);
                case "scala.math.BigInt" -> PublicMethods.call(value, name, "bigInteger", BigInteger.class);
                case "scala.concurrent.duration.FiniteDuration" -> value.toString();
                default -> isKotlin(name, "", KOTLIN_TEXTS) ? value.toString() : null;
            };
        } catch (Throwable e) {
            rethrowIfOfJvm(e);
            return null;
        }
    }

    /** What an {@code Option} of Scala's holds, null for none; of anything else the object itself. */
    static @Nullable Object contentOf(Object value) {
        String name = value.getClass().getName();
        try {
            return switch (name) {
                case "scala.Some" -> PublicMethods.call(value, "scala.Option", "get", Object.class);
                case "scala.None$" -> null;
                default -> value;
            };
        } catch (Throwable e) {
            rethrowIfOfJvm(e);
            return value;
        }
    }

    /** What a collection, a map or a tuple holds; null where an object is none. */
    static @Nullable Contents contents(Object object) {
        String name = object.getClass().getName();
        if (isKotlin(name, "collections.", KOTLIN_COLLECTIONS)) {
            return object instanceof Map<?, ?> map
                    ? Contents.ofMap(map, map.size())
                    : Contents.of((Collection<?>) object);
        }
        try {
            return isScalaCollection(name) ? scala(object) : isTuple(name) ? tuple(object) : null;
        } catch (Throwable e) {
            rethrowIfOfJvm(e);
            return null;
        }
    }

    private static boolean isKotlin(String name, String inPackage, Set<String> classes) {
        return name.startsWith(OF_KOTLIN)
                && name.startsWith(inPackage, OF_KOTLIN.length())
                && classes.contains(name.substring(OF_KOTLIN.length() + inPackage.length()));
    }

    private static boolean isScalaCollection(String name) {
        if (!name.startsWith("scala.collection.immutable.") && !name.startsWith("scala.collection.mutable.")) {
            return false;
        }
        for (String part : SCALA_COMPUTED) {
            if (name.contains(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTuple(String name) {
        return name.startsWith("scala.Tuple");
    }

    private static @Nullable Contents tuple(Object object) throws Throwable {
        Object elements = PublicMethods.call(object, "scala.Product", "productIterator", SCALA_ITERATOR);
        return elements == null ? null : new Contents(false, new ScalaIterator(elements, false), Contents.UNKNOWN);
    }

    private static @Nullable Contents scala(Object object) throws Throwable {
        boolean isMap = PublicMethods.typeOf(object.getClass(), "scala.collection.Map") != null;
        Object elements = PublicMethods.call(object, "scala.collection.Iterable", "iterator", SCALA_ITERATOR);
        return elements == null ? null : new Contents(isMap, new ScalaIterator(elements, isMap), count(object));
    }

    /** A list of Scala's would be counted element by element; versions before 2.13 do not say which collections would. */
    private static long count(Object object) throws Throwable {
        boolean says = PublicMethods.typeOf(object.getClass(), "scala.collection.IterableOnce") != null;
        Object count =
                says ? PublicMethods.call(object, "scala.collection.IterableOnce", "knownSize", int.class) : null;
        return count == null ? Contents.UNKNOWN : ((Integer) count).longValue();
    }

    /** What a library's method throws that is not the one that was expected: the object is recorded by its class. */
    private static void rethrowIfOfJvm(Throwable e) {
        if (e instanceof VirtualMachineError error) {
            throw error;
        }
    }

    /** An iterator of Scala's. The pairs of a map are entries. */
    private record ScalaIterator(Object iterator, boolean givesPairs) implements Iterator<@Nullable Object> {

        @Override
        public boolean hasNext() {
            return Boolean.TRUE.equals(call(iterator, "scala.collection.Iterator", "hasNext", boolean.class));
        }

        @Override
        public @Nullable Object next() {
            Object element = call(iterator, "scala.collection.Iterator", "next", Object.class);
            return givesPairs && element != null
                    ? new SimpleImmutableEntry<@Nullable Object, @Nullable Object>(
                            call(element, "scala.Tuple2", "_1", Object.class),
                            call(element, "scala.Tuple2", "_2", Object.class))
                    : element;
        }

        private static @Nullable Object call(Object object, String owner, String name, Class<?> result) {
            try {
                return PublicMethods.call(object, owner, name, result);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
