package io.plutorun.agent.capture;

import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one thread is printing and logging. Its buffers are taken by who writes to them, and given back, so that another thread can end the
 * lines that a run leaves unfinished; nobody waits.
 */
final class ThreadText {

    private static final ThreadLocal<ThreadText> OF_THREAD = ThreadLocal.withInitial(ThreadText::added);

    private static final Set<ThreadText> ALL = ConcurrentHashMap.newKeySet();

    private static final int LEAST_KEPT = 1024;

    /** How many there may be before those of dead threads are dropped. */
    private static volatile int maxKept = LEAST_KEPT;

    private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());
    private final AtomicReference<@Nullable LineBuffer> out = new AtomicReference<>(new LineBuffer());
    private final AtomicReference<@Nullable LineBuffer> err = new AtomicReference<>(new LineBuffer());

    /** The stream that it is writing to, whose bytes other streams below may get; null for none. */
    @Nullable
    Object stream;

    /** The record that it is logging, the outermost of several; null for none. */
    @Nullable
    CapturedText record;

    /** What ends the logging of that record: the call with this argument. */
    @Nullable
    Object recordsCall;

    private ThreadText() {}

    /** That of the calling thread. */
    static ThreadText current() {
        return OF_THREAD.get();
    }

    private static ThreadText added() {
        if (ALL.size() >= maxKept) {
            ALL.removeIf(ThreadText::isOver);
            maxKept = Math.max(LEAST_KEPT, 2 * ALL.size());
        }
        ThreadText fresh = new ThreadText();
        ALL.add(fresh);
        return fresh;
    }

    /** Those of all threads that have printed, and may have left something unfinished. */
    static Set<ThreadText> all() {
        return ALL;
    }

    private AtomicReference<@Nullable LineBuffer> buffer(boolean ofErr) {
        return ofErr ? err : out;
    }

    /** Takes the buffer of one of the two streams; null where somebody else has it. */
    @Nullable
    LineBuffer take(boolean ofErr) {
        return buffer(ofErr).getAndSet(null);
    }

    /** Gives it back; false where there is another one meanwhile. */
    boolean give(boolean ofErr, LineBuffer buffer) {
        return buffer(ofErr).compareAndSet(null, buffer);
    }

    private boolean isOver() {
        Thread printing = thread.get();
        return (printing == null || !printing.isAlive()) && isEmpty(out.get()) && isEmpty(err.get());
    }

    private static boolean isEmpty(@Nullable LineBuffer buffer) {
        return buffer == null || buffer.isEmpty();
    }
}
