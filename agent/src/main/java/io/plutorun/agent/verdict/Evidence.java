package io.plutorun.agent.verdict;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is recorded of an exception: class, message, and stack with causes and suppressed. */
final class Evidence {

    private static final int MAX_CHARACTERS = 64 * 1024;

    /** Of an OutOfMemoryError: how large the heap is, and how large it may be, in bytes. What it held is gone when its method has ended. */
    static final String HEAP = "heap";

    private Evidence() {}

    static Map<String, @Nullable Object> of(Throwable thrown) {
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        evidence.put("exception", thrown.getClass().getName());
        evidence.put("message", message(thrown));
        evidence.put("stack", stack(thrown));
        if (thrown instanceof OutOfMemoryError) {
            evidence.put(HEAP, heap());
        }
        return evidence;
    }

    private static Map<String, @Nullable Object> heap() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, @Nullable Object> heap = new LinkedHashMap<>();
        heap.put("size", runtime.totalMemory());
        heap.put("max", runtime.maxMemory());
        return heap;
    }

    /** The program's exceptions may themselves fail to say anything. */
    static @Nullable String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : shorten(message);
        } catch (Throwable e) {
            return "(its getMessage() threw " + e.getClass().getName() + ")";
        }
    }

    private static String stack(Throwable thrown) {
        Beginning stack = new Beginning();
        try (PrintWriter printer = new PrintWriter(stack)) {
            thrown.printStackTrace(printer);
        } catch (Beginning.FullException e) {
            return stack + "…";
        } catch (Throwable e) {
            return stack + "(its printStackTrace() threw " + e.getClass().getName() + ")";
        }
        return stack.toString();
    }

    /** Keeps the beginning of what is written, and then stops the writer: a chain of causes may be endless. */
    private static final class Beginning extends Writer {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(char[] chars, int offset, int length) {
            int room = MAX_CHARACTERS - text.length();
            text.append(chars, offset, Math.min(room, length));
            if (length > room) {
                throw new FullException();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }

        private static final class FullException extends RuntimeException {

            private static final long serialVersionUID = 1;

            FullException() {
                super(null, null, false, false);
            }
        }
    }

    static String shorten(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }
}
