package io.plutorun.agent.host;

/** How a thread's stack is shown to a person. */
public final class StackFrames {

    private StackFrames() {}

    /** A frame as exceptions print it: without its loader and its module. */
    public static StackTraceElement plain(StackTraceElement frame) {
        return new StackTraceElement(
                frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
    }
}
