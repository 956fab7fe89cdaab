package io.plutorun.agent.failure;

import io.plutorun.agent.host.StackFrames;
import java.util.ArrayList;
import java.util.List;

/**
 * What the threads of the program do, as a text. Bounded in threads, frames and characters. Without management beans: to load them takes
 * longer than all else, at a moment at which somebody waits.
 */
final class ThreadDump {

    private static final int MAX_FOUND = 2000;
    private static final int MAX_THREADS = 200;
    private static final int MAX_FRAMES = 100;
    private static final int MAX_CHARACTERS = 128 << 10;
    private static final String BRIDGE = "java.lang.PlutoBridge";

    private ThreadDump() {}

    /**
     * Takes it. The threads of the JVM itself and of the agent, which are in the topmost group, are left out. So are virtual threads, unless
     * they execute the run.
     *
     * @param first the threads that execute the run, which stand first
     */
    static String of(List<Thread> first) {
        List<Thread> threads = new ArrayList<>(first);
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        Thread[] all = new Thread[MAX_FOUND];
        int found = top == null ? 0 : top.enumerate(all, true);
        for (int i = 0; i < found; i++) {
            if (!first.contains(all[i]) && all[i].getThreadGroup() != top) {
                threads.add(all[i]);
            }
        }
        StringBuilder text = new StringBuilder();
        text.append(found == MAX_FOUND ? "more than " : "")
                .append(threads.size())
                .append(" threads\n");
        int written = 0;
        while (written < threads.size() && written < MAX_THREADS && text.length() < MAX_CHARACTERS) {
            Thread thread = threads.get(written++);
            text.append("\n\"").append(thread.getName()).append("\" ").append(thread.getState());
            text.append(first.contains(thread) ? ", executes the run\n" : "\n");
            write(thread.getStackTrace(), text);
        }
        if (text.length() > MAX_CHARACTERS) {
            text.setLength(MAX_CHARACTERS);
            text.append("\n… cut off: the text is longer than ")
                    .append(MAX_CHARACTERS)
                    .append(" characters\n");
        }
        if (written < threads.size()) {
            text.append("\n… and ").append(threads.size() - written).append(" more threads\n");
        }
        return text.toString();
    }

    /** Without what a thread does in the agent, to which its run has just ended. */
    private static void write(StackTraceElement[] stack, StringBuilder text) {
        int begin = 0;
        for (int i = 0; i < stack.length; i++) {
            begin = stack[i].getClassName().equals(BRIDGE) ? i + 1 : begin;
        }
        int end = Math.min(stack.length, begin + MAX_FRAMES);
        for (int i = begin; i < end; i++) {
            text.append("    at ").append(StackFrames.plain(stack[i])).append('\n');
        }
        if (end < stack.length) {
            text.append("    … and ").append(stack.length - end).append(" more frames\n");
        }
    }
}
