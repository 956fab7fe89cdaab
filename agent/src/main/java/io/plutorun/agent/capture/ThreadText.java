package io.plutorun.agent.capture;

import org.jspecify.annotations.Nullable;

/** What one thread is printing and logging. */
final class ThreadText {

    private static final ThreadLocal<ThreadText> OF_THREAD = ThreadLocal.withInitial(ThreadText::new);

    final LineBuffer out = new LineBuffer();
    final LineBuffer err = new LineBuffer();

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
}
