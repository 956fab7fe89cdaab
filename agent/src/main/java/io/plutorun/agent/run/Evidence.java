package io.plutorun.agent.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is recorded of an exception: class, message, and stack with causes and suppressed. */
final class Evidence {

    private static final int MOST_CHARACTERS = 64 * 1024;

    private Evidence() {}

    static Map<String, @Nullable Object> of(Throwable thrown) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        evidence.put("exception", thrown.getClass().getName());
        evidence.put("message", message(thrown));
        evidence.put("stack", stack(thrown));
        return evidence;
    }

    /** The program's exceptions may themselves fail to say anything. */
    static @Nullable String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : shorten(message);
        } catch (RuntimeException e) {
            return "(its getMessage() threw " + e.getClass().getName() + ")";
        }
    }

    private static String stack(Throwable thrown) {
        StringWriter stack = new StringWriter();
        try (PrintWriter printer = new PrintWriter(stack)) {
            thrown.printStackTrace(printer);
        } catch (RuntimeException e) {
            return "(its printStackTrace() threw " + e.getClass().getName() + ")";
        }
        return shorten(stack.toString());
    }

    private static String shorten(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
