package io.plutorun.agent.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the JVM comes to its end, seen from a shutdown hook.
 *
 * <p>The thread that runs the hooks is the one that decided on the end: {@code DestroyJavaVM} after the last non-daemon thread, a thread
 * named for its signal, or the one that called {@code System.exit}. It has {@code Shutdown.runHooks} on its stack.
 */
final class JvmEnd {

    private JvmEnd() {}

    /**
     * Why the JVM ends.
     *
     * @param evidence for the run's page
     * @param words for a person
     */
    record Cause(Map<String, @Nullable Object> evidence, String words) {}

    static Cause observe() {
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            for (StackTraceElement frame : thread.getValue()) {
                if (frame.getClassName().equals("java.lang.Shutdown")
                        && frame.getMethodName().equals("runHooks")) {
                    return cause(thread.getKey().getName());
                }
            }
        }
        return new Cause(Map.of("reason", "the JVM ended"), "the JVM ended");
    }

    private static Cause cause(String threadName) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        if (threadName.startsWith("SIG") && threadName.endsWith(" handler")) {
            String signal = threadName.substring(0, threadName.length() - " handler".length());
            evidence.put("reason", "signal");
            evidence.put("signal", signal);
            return new Cause(evidence, signal);
        }
        if (threadName.equals("DestroyJavaVM")) {
            evidence.put("reason", "the program ended while the tracked method was executing on a daemon thread");
            return new Cause(evidence, "the program's end");
        }
        evidence.put("reason", "System.exit");
        evidence.put("thread", threadName);
        return new Cause(evidence, "System.exit in thread " + threadName);
    }
}
