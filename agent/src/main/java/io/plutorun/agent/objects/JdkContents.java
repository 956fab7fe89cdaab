package io.plutorun.agent.objects;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What arrays, collections and maps of the JDK hold. Those are gone through that hold their elements themselves, since others call the
 * program: a wrapper is looked through by its field, down to such a collection. No lock is waited for.
 */
final class JdkContents {

    /** Their iterators and sizes run the JDK's code alone, take no lock, and take no time for what is not asked for. */
    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.ArrayList$SubList",
            "java.util.Collections$CopiesList",
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptySet",
            "java.util.Collections$SingletonList",
            "java.util.Collections$SingletonSet",
            "java.util.HashMap$EntrySet",
            "java.util.HashMap$KeySet",
            "java.util.HashMap$Values",
            "java.util.HashSet",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN",
            "java.util.ImmutableCollections$SubList",
            "java.util.JumboEnumSet",
            "java.util.LinkedHashMap$LinkedEntrySet",
            "java.util.LinkedHashMap$LinkedKeySet",
            "java.util.LinkedHashMap$LinkedValues",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.PriorityQueue",
            "java.util.RegularEnumSet",
            "java.util.concurrent.ConcurrentHashMap$EntrySetView",
            "java.util.concurrent.ConcurrentHashMap$KeySetView",
            "java.util.concurrent.ConcurrentHashMap$ValuesView",
            "java.util.concurrent.CopyOnWriteArrayList",
            "java.util.concurrent.CopyOnWriteArraySet");

    /** Their sizes are counted, or asked of a map that may be the program's. */
    private static final Set<String> UNCOUNTED = Set.of(
            "java.util.TreeMap$EntrySet",
            "java.util.TreeMap$Values",
            "java.util.concurrent.ConcurrentLinkedDeque",
            "java.util.concurrent.ConcurrentLinkedQueue");

    /** Sets that are the keys of a map. */
    private static final Set<String> KEY_SETS = Set.of(
            "java.util.Collections$SetFromMap",
            "java.util.TreeMap$KeySet",
            "java.util.TreeSet",
            "java.util.concurrent.ConcurrentSkipListMap$KeySet",
            "java.util.concurrent.ConcurrentSkipListSet");

    /** Lists that ask another list for each element, and the field that holds it. */
    private static final Map<String, String> VIEWS = Map.of(
            "java.util.AbstractList$RandomAccessSubList", "root",
            "java.util.AbstractList$SubList", "root",
            "java.util.ReverseOrderListView", "base",
            "java.util.ReverseOrderListView$Rand", "base");

    private static final Set<String> ENTRIES = Set.of(
            "java.util.AbstractMap$SimpleEntry",
            "java.util.AbstractMap$SimpleImmutableEntry",
            "java.util.KeyValueHolder");

    private static final String ARRAY_AS_LIST = "java.util.Arrays$ArrayList";

    private static final List<String> WRAPPERS = List.of(
            "java.util.Collections$Unmodifiable",
            "java.util.Collections$Synchronized",
            "java.util.Collections$Checked");

    /** A wrapper may be wrapped again, and a wrapped collection may be made to hold its wrapper. */
    private static final int MAX_WRAPPERS = 16;

    private final ObjectFields fields;

    JdkContents(ObjectFields fields) {
        this.fields = fields;
    }

    /** What an object holds; null where it is no such array, collection, map or entry. */
    @Nullable
    Contents of(Object object) {
        return object.getClass().isArray() ? Contents.ofArray(object, Array.getLength(object)) : of(object, 0);
    }

    private @Nullable Contents of(@Nullable Object object, int wrappers) {
        Class<?> type = object == null ? null : withCode(object.getClass());
        if (object == null || type == null || wrappers > MAX_WRAPPERS) {
            return null;
        }
        String name = type.getName();
        if (COLLECTIONS.contains(name)) {
            return Contents.of((Collection<?>) object);
        }
        if (JdkMaps.isOne(type)) {
            boolean isLocked = type == Hashtable.class;
            return Contents.ofMap((Map<?, ?>) object, isLocked ? Contents.UNKNOWN : ((Map<?, ?>) object).size());
        }
        if (UNCOUNTED.contains(name)) {
            return new Contents(false, ((Collection<?>) object).iterator(), Contents.UNKNOWN);
        }
        if (KEY_SETS.contains(name)) {
            Contents map = of(fields.read(object, "m"), wrappers + 1);
            return map == null ? null : map.keys();
        }
        if (ENTRIES.contains(name)) {
            return new Contents(true, List.of(object).iterator(), 1);
        }
        return isWrapper(name) ? wrapped(object, wrappers) : list(object, name);
    }

    private @Nullable Contents list(Object object, String name) {
        if (name.equals(ARRAY_AS_LIST)) {
            Object array = fields.read(object, "a");
            return array == null ? null : of(array);
        }
        if (name.equals("java.util.Vector") || name.equals("java.util.Stack")) {
            Object array = fields.read(object, "elementData");
            Object count = fields.read(object, "elementCount");
            return array == null || count == null ? null : Contents.ofArray(array, (Integer) count);
        }
        String field = VIEWS.get(name);
        Object viewed = field == null ? null : fields.read(object, field);
        return viewed != null && isPlainList(viewed) ? Contents.of((Collection<?>) object) : null;
    }

    private static boolean isPlainList(Object object) {
        String name = object.getClass().getName();
        return COLLECTIONS.contains(name) || name.equals(ARRAY_AS_LIST);
    }

    private static boolean isWrapper(String name) {
        for (String prefix : WRAPPERS) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Contents wrapped(Object wrapper, int wrappers) {
        Object collection = fields.read(wrapper, "c");
        return of(collection == null ? fields.read(wrapper, "m") : collection, wrappers + 1);
    }

    /**
     * The JDK's class whose code an object runs: its own, or the superclass of one that has no methods, such as that of {@code new HashMap<>()
     * {{ put("lr", 0.1); }}}. Null where the program's code is run.
     */
    private static @Nullable Class<?> withCode(Class<?> type) {
        Class<?> current = type;
        while (current != null && !ObjectFields.isOfJdk(current)) {
            if (current.isInterface() || hasMethods(current)) {
                return null;
            }
            current = current.getSuperclass();
        }
        return current;
    }

    private static boolean hasMethods(Class<?> type) {
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (!Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
                    return true;
                }
            }
            return false;
        } catch (LinkageError e) { // it names a class that is absent
            return true;
        }
    }
}
