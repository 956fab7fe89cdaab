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

    /** Why the JVM ends, as evidence for the run's page. */
    static Map<String, @Nullable Object> observe() {
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            for (StackTraceElement frame : thread.getValue()) {
                if (frame.getClassName().equals("java.lang.Shutdown")
                        && frame.getMethodName().equals("runHooks")) {
                    return evidence(thread.getKey().getName());
                }
            }
        }
        return Map.of("reason", "the JVM ended");
    }

    private static Map<String, @Nullable Object> evidence(String threadName) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        if (threadName.startsWith("SIG") && threadName.endsWith(" handler")) {
            evidence.put("reason", "signal");
            evidence.put("signal", threadName.substring(0, threadName.length() - " handler".length()));
        } else if (threadName.equals("DestroyJavaVM")) {
            evidence.put("reason", "the program ended while the tracked method was executing on a daemon thread");
        } else {
            evidence.put("reason", "System.exit");
            evidence.put("thread", threadName);
        }
        return evidence;
    }
}
