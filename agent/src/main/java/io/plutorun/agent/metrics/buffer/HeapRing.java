package io.plutorun.agent.metrics.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ring of entries in the heap, from the program's threads to the metrics thread. It is where values wait when no mapped segment can take
 * them: at the very beginning, when they come faster than segments are prepared, and always where nothing can be mapped. A
 * full ring takes nothing.
 */
final class HeapRing {

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int WORDS_OF_ENTRY = 4;

    private final long[] words;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private volatile long head;

    /** A ring for this many entries, a power of two. */
    HeapRing(int entries) {
        words = new long[entries * WORDS_OF_ENTRY];
        mask = entries - 1;
    }

    /** Puts an entry in; false when there is no room. */
    boolean offer(int kind, int name, long step, long time, long bits) {
        long place;
        do {
            place = tail.get();
            if (place - head > mask) {
                return false;
            }
        } while (!tail.compareAndSet(place, place + 1));
        int at = (int) (place & mask) * WORDS_OF_ENTRY;
        words[at + 1] = step;
        words[at + 2] = time;
        words[at + 3] = bits;
        WORDS.setRelease(words, at, ((long) kind << 32) | name);
        return true;
    }

    /** Whether the oldest entry can be read. Only the metrics thread asks, and calls what follows. */
    boolean hasNext() {
        return (long) WORDS.getAcquire(words, at()) != 0;
    }

    int kind() {
        return (int) (words[at()] >>> 32);
    }

    int name() {
        return (int) words[at()];
    }

    long step() {
        return words[at() + 1];
    }

    long time() {
        return words[at() + 2];
    }

    long bits() {
        return words[at() + 3];
    }

    /** Gives the place of the oldest entry back. */
    void remove() {
        words[at()] = 0;
        long next = head + 1;
        head = next; // no other thread writes it
    }

    /** How many entries wait, those included that are just being written. */
    int size() {
        return (int) (tail.get() - head);
    }

    int capacity() {
        return mask + 1;
    }

    private int at() {
        return (int) (head & mask) * WORDS_OF_ENTRY;
    }
}
