package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.objects.PublicMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scala's options, collections and pairs, of 2.12 and 2.13. */
final class Scala {

    private static final String PAIR = "scala.Tuple2";
    private static final String ITERATOR = "scala.collection.Iterator";

    private Scala() {}

    /** What an {@code Option} holds; null for none. */
    static @Nullable Object content(@Nullable Object option) throws Throwable {
        return option == null
                        || Boolean.TRUE.equals(PublicMethods.call(option, "scala.Option", "isEmpty", boolean.class))
                ? null
                : PublicMethods.call(option, "scala.Option", "get", Object.class);
    }

    /** The elements of a collection. */
    static List<Object> elements(Object collection, int atMost) throws Throwable {
        List<Object> elements = new ArrayList<>();
        Object iterator = Objects.requireNonNull(PublicMethods.call(
                collection, "scala.collection.Iterable", "iterator", "()Lscala/collection/Iterator;"));
        while (elements.size() < atMost
                && Boolean.TRUE.equals(PublicMethods.call(iterator, ITERATOR, "hasNext", boolean.class))) {
            Object element = PublicMethods.call(iterator, ITERATOR, "next", Object.class);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    static @Nullable Object first(Object pair) throws Throwable {
        return PublicMethods.call(pair, PAIR, "_1", Object.class);
    }

    static @Nullable Object second(Object pair) throws Throwable {
        return PublicMethods.call(pair, PAIR, "_2", Object.class);
    }
}
