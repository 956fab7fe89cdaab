package io.plutorun.agent.shutdown;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.StackFrames;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How the JVM comes to its end.
 *
 * <p>Seen from a shutdown hook, the thread that decided is the one with {@code Shutdown.runHooks} on its stack: {@code DestroyJavaVM}
 * after the last non-daemon thread, a thread named for its signal, or the one that called {@code System.exit}. Of two that call it at
 * once only one gets there, which is why the stack is looked at and not the calls.
 */
public sealed interface JvmEnd {

    /** The program's last non-daemon thread has ended. */
    record Normal() implements JvmEnd {}

    /**
     * A signal.
     *
     * @param name as the system calls it, {@code SIGTERM}
     */
    record Signal(String name) implements JvmEnd {}

    /**
     * A thread called {@code System.exit} or {@code Runtime.halt}.
     *
     * @param call which of the two
     * @param status the exit status; empty where it could not be seen
     * @param thread the thread's name
     * @param stack where it was called, one frame a line
     */
    record Exit(String call, OptionalInt status, String thread, String stack) implements JvmEnd {}

    /** No thread was seen to decide it. */
    record Unknown() implements JvmEnd {}

    /** Never started: only to ask the JVM whether a hook could still be taken away. One of ours, since others hold on to a program's loader. */
    Thread NEVER_A_HOOK = new AgentThreads("never-a-hook").newThread(() -> {});

    /** Whether the shutdown hooks have begun to run. */
    static boolean hasBegun() {
        try {
            Runtime.getRuntime().removeShutdownHook(NEVER_A_HOOK);
            return false;
        } catch (IllegalStateException e) { // as Runtime.removeShutdownHook says of a JVM that is shutting down
            return true;
        } catch (SecurityException e) {
            return false;
        }
    }

    /** Finds out, once the shutdown hooks have begun to run. */
    static JvmEnd observe(ExitWatch watch) {
        for (ExitWatch.Exiting exiting : watch.heard()) { // virtual threads are not among all threads
            StackTraceElement[] stack = exiting.thread().getStackTrace();
            if (runsTheHooks(stack)) {
                return decidedBy(exiting.thread(), stack, OptionalInt.of(exiting.status()));
            }
        }
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            if (runsTheHooks(thread.getValue())) {
                return decidedBy(thread.getKey(), thread.getValue(), OptionalInt.empty());
            }
        }
        return new Unknown();
    }

    private static boolean runsTheHooks(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals("java.lang.Shutdown")
                    && frame.getMethodName().equals("runHooks")) {
                return true;
            }
        }
        return false;
    }

    private static JvmEnd decidedBy(Thread thread, StackTraceElement[] stack, OptionalInt status) {
        String name = thread.getName();
        if (name.startsWith("SIG") && name.endsWith(" handler")) {
            return new Signal(name.substring(0, name.length() - " handler".length()));
        }
        // A thread of that name whose exit status was heard is the program's own.
        return name.equals("DestroyJavaVM") && status.isEmpty()
                ? new Normal()
                : new Exit("System.exit", status, name, caller(stack));
    }

    /** The calling thread halts the JVM. */
    static JvmEnd halt(int status) {
        Thread thread = Thread.currentThread();
        return new Exit("Runtime.halt", OptionalInt.of(status), thread.getName(), caller(thread.getStackTrace()));
    }

    /** The stack below the JDK's own way out. */
    private static String caller(StackTraceElement[] stack) {
        int first = 0;
        for (int i = 0; i < stack.length; i++) {
            switch (stack[i].getClassName()) {
                case "java.lang.Shutdown", "java.lang.Runtime", "java.lang.System" -> first = i + 1;
                default -> {} // hooks above, the program below
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = first; i < stack.length; i++) {
            text.append("at ").append(StackFrames.plain(stack[i])).append('\n');
        }
        return text.toString();
    }
}
