package io.plutorun.agent.metrics.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A few words that many threads change at once, in a cache line of their own: a thread that reads something else does not wait for them. The
 * first one is a counter. (The JDK's annotation for such fields holds in the JDK's own classes alone.)
 */
public final class ContendedWords {

    /** No processor of today has longer lines, in words. */
    private static final int LINE = 16;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;

    /** So many words, all of them 0. */
    public ContendedWords(int count) {
        words = new long[LINE + count + LINE];
    }

    /** Adds to the first word at once, and returns what it was before. */
    public long getAndAdd(long increment) {
        return (long) WORDS.getAndAdd(words, LINE, increment);
    }

    /** The first word as all threads see it. */
    public long get() {
        return (long) WORDS.getVolatile(words, LINE);
    }

    /** Sets a word; other threads see it some time later. */
    public void setPlain(int index, long value) {
        words[LINE + index] = value;
    }

    /** A word as this thread sees it, which may be old. */
    public long getPlain(int index) {
        return words[LINE + index];
    }
}
