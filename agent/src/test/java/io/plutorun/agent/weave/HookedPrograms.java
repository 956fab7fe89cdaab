package io.plutorun.agent.weave;

import java.util.List;

/** Methods to be hooked. */
public final class HookedPrograms {

    private HookedPrograms() {}

    public static boolean booleanOf(boolean value) {
        return value;
    }

    public static byte byteOf(byte value) {
        return value;
    }

    public static char charOf(char value) {
        return value;
    }

    public static short shortOf(short value) {
        return value;
    }

    public static int intOf(int value) {
        return value;
    }

    public static long longOf(long value) {
        return value;
    }

    public static float floatOf(float value) {
        return value;
    }

    public static double doubleOf(double value) {
        return value;
    }

    public static int[] arrayOf(int[] value) {
        return value;
    }

    /** Its parameters have other values when it ends. */
    public static long reassigned(long number, String text, List<Object> log) {
        number = number * 2;
        text = text.concat(" changed");
        log.add(text);
        if (number > 100) {
            throw new IllegalStateException(text);
        }
        return number;
    }

    /** All that it does stands within its own handler. */
    public static int catchesAll(int number, List<Object> log) {
        try {
            log.add("body");
            return 100 / number;
        } catch (RuntimeException e) {
            log.add(e);
            return -1;
        }
    }

    /** A varargs method is one with an array. */
    public static int sum(int... numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** Bodies in an interface. */
    public interface Shape {

        /** An instance method. */
        default int twice(int number) {
            return 2 * number;
        }

        /** A static one. */
        static int thrice(int number) {
            return 3 * number;
        }
    }

    /** An instance method that takes the first slot for {@code this}. */
    public static final class Instance {
        public Object itself(Object other, double wide) {
            return wide > 0 ? this : other;
        }
    }
}
