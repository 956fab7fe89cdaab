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

    private static final Object FRAME = "frame";

    private PlutoBridge() {}

    public static void reset() {
        CALLS.clear();
        arguments = null;
        result = null;
        THROWN.clear();
        joined = false;
        refuses = false;
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
