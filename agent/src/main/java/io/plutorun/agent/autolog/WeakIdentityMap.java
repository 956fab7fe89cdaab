package io.plutorun.agent.autolog;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of objects of the program, for as long as the program keeps them. Objects are told apart by identity, and none of
 * their methods is called.
 *
 * @param <V> what is known of each; it holds nothing of the program
 */
public final class WeakIdentityMap<V> {

    private final Map<Key, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /** Whether two keys are equal is whether they mean one object, or are themselves the same. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object object, @Nullable ReferenceQueue<Object> queue) {
            super(object, queue);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object object = get();
            return object != null && other instanceof Key key && object == key.get();
        }
    }

    /** What is known of an object; null for nothing. */
    public @Nullable V get(Object object) {
        return values.get(new Key(object, null));
    }

    /** From now on this is known of an object. */
    public void put(Object object, V value) {
        removeGone();
        values.put(new Key(object, gone), value);
    }

    /** What is known of an object, made if there is nothing. */
    public V get(Object object, Supplier<V> fresh) {
        V known = get(object);
        if (known != null) {
            return known;
        }
        removeGone();
        return values.computeIfAbsent(new Key(object, gone), absent -> fresh.get());
    }

    /** From now on nothing is known of an object. */
    public @Nullable V remove(Object object) {
        return values.remove(new Key(object, null));
    }

    /** Of how many objects something is known, or was when they were looked through last. */
    int size() {
        return values.size();
    }

    private void removeGone() {
        for (Reference<?> reference = gone.poll(); reference != null; reference = gone.poll()) {
            values.remove(reference);
        }
    }
}
