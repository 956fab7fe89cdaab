package io.plutorun.agent.metrics.disk;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few words that many threads change at once, in a cache line of their own: a thread that reads something else does not wait for them. The
 * first one is a counter. (The JDK's annotation for such fields holds in the JDK's own classes alone.)
 */
public final class ContendedWords {

    /** No processor of today has longer lines, in words. */
    private static final int LINE = 16;

    private final AtomicLongArray words;

    /** So many words, all of them 0. */
    public ContendedWords(int count) {
        words = new AtomicLongArray(LINE + count + LINE);
    }

    /** Adds to the first word at once, and returns what it was before. */
    public long getAndAdd(long increment) {
        return words.getAndAdd(LINE, increment);
    }

    /** The first word. */
    public long get() {
        return words.get(LINE);
    }

    /** Sets a word; other threads may see it some time later. */
    public void lazySet(int index, long value) {
        words.lazySet(LINE + index, value);
    }

    /** A word, as another thread has set it some time ago. */
    public long get(int index) {
        return words.get(LINE + index);
    }
}
