package stub.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@code java.lang.PlutoBridge}, which a test can't define: the same methods, and a name of the same length, so that a
 * woven class file is redirected to it by replacing one constant.
 */
public final class PlutoBridge {

    /** What woven code called, in order. */
    public static final List<String> CALLS = new ArrayList<>();

    /** What woven methods threw, in order. */
    public static final List<Throwable> THROWN = new ArrayList<>();

    /** The arguments of the last {@code enter}, and the last result. */
    public static @Nullable Object @Nullable [] arguments;

    public static @Nullable Object result;

    /** How the next calls are answered. */
    public static boolean joined;

    public static boolean refuses;

    /** What the next calls of hooks throw, each once: at the entry, and where a body has returned. */
    public static final List<RuntimeException> ENTRY_CANCELLATIONS = new ArrayList<>();

    public static final List<RuntimeException> EXIT_CANCELLATIONS = new ArrayList<>();

    /** The receiver of the last call of a hook. */
    public static @Nullable Object self;

    private static final Object FRAME = "frame";

    private PlutoBridge() {}

    public static void reset() {
        CALLS.clear();
        arguments = null;
        result = null;
        THROWN.clear();
        joined = false;
        refuses = false;
        ENTRY_CANCELLATIONS.clear();
        EXIT_CANCELLATIONS.clear();
        self = null;
    }

    public static void hookEntry(int method, @Nullable Object receiver, @Nullable Object[] given) {
        CALLS.add("hookEntry " + method);
        self = receiver;
        arguments = Arrays.copyOf(given, given.length);
        if (!ENTRY_CANCELLATIONS.isEmpty()) {
            throw ENTRY_CANCELLATIONS.remove(0);
        }
    }

    public static void hookExit(
            @Nullable Object value,
            @Nullable Throwable exception,
            int method,
            @Nullable Object receiver,
            @Nullable Object @Nullable [] given) {
        CALLS.add("hookExit " + method);
        self = receiver;
        arguments = given == null ? null : Arrays.copyOf(given, given.length);
        result = value;
        if (exception != null) {
            THROWN.add(exception);
        } else if (!EXIT_CANCELLATIONS.isEmpty()) {
            throw EXIT_CANCELLATIONS.remove(0);
        }
    }

    public static boolean joined() {
        return joined;
    }

    public static @Nullable Object enter(int method, @Nullable Object[] given) {
        CALLS.add("enter " + method);
        arguments = Arrays.copyOf(given, given.length);
        if (refuses) {
            throw new IllegalStateException("pluto: refused");
        }
        return FRAME;
    }

    public static void returned(@Nullable Object frame, @Nullable Object value) {
        CALLS.add("returned " + frame);
        result = value;
    }

    public static void threw(@Nullable Object frame, Throwable exception) {
        CALLS.add("threw " + frame);
        THROWN.add(exception);
    }
}
