package io.plutorun.agent.objects;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What an object holds, to be gone through once without a call into the program.
 *
 * @param isKeyed whether the iterator gives entries ({@link Map.Entry}), not elements
 * @param iterator gives what the object holds
 * @param count how many there are; {@link #UNKNOWN} where to ask would take long or would wait for a lock
 */
record Contents(boolean isKeyed, Iterator<?> iterator, long count) {

    static final long UNKNOWN = -1;

    static Contents of(Collection<?> collection) {
        return new Contents(false, collection.iterator(), collection.size());
    }

    static Contents ofMap(Map<?, ?> map, long count) {
        return new Contents(true, map.entrySet().iterator(), count);
    }

    /**
     * The first elements of an array.
     *
     * @param count how many of them
     */
    static Contents ofArray(Object array, int count) {
        return new Contents(
                false,
                new Iterator<@Nullable Object>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < count;
                    }

                    @Override
                    public @Nullable Object next() {
                        if (next >= count) {
                            throw new NoSuchElementException();
                        }
                        return Array.get(array, next++);
                    }
                },
                count);
    }

    /** The keys, as the elements of a set. */
    Contents keys() {
        return new Contents(
                false,
                new Iterator<@Nullable Object>() {
                    @Override
                    public boolean hasNext() {
                        return iterator.hasNext();
                    }

                    @Override
                    public @Nullable Object next() {
                        return ((Map.Entry<?, ?>) iterator.next()).getKey();
                    }
                },
                count);
    }
}
