package io.plutorun.agent.weave;

import io.plutorun.Nesting;
import io.plutorun.PlutoRun;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Methods to be woven. Written so that they compile to plain instructions, which class files of every version may hold. */
public final class Programs {

    private Programs() {}

    /** Reached by reflection, with every type of parameter, the two wide ones in between. */
    @PlutoRun
    public static Object allTypes(
            boolean z, byte b, char c, short s, int i, long j, float f, double d, @Nullable String text, int[] array) {
        return array;
    }

    /** An instance method has {@code this} in the first slot. */
    public static final class Instance {
        @PlutoRun
        public long twice(long number, Object other) {
            return 2 * number + (other == this ? 1 : 0);
        }
    }

    @PlutoRun
    public static void nothing() {}

    @PlutoRun
    public static @Nullable Object none() {
        return null;
    }

    @PlutoRun(recordResult = true)
    public static long recorded(int shift, long value) {
        return value << shift;
    }

    @PlutoRun(recordResult = true)
    public static double recordedHalf(double value) {
        return value / 2;
    }

    @PlutoRun
    public static double number(double value) {
        return value / 2;
    }

    @PlutoRun
    public static void fails(Throwable exception) throws Throwable {
        throw exception;
    }

    /** The first instruction is where the loop jumps back to. */
    @PlutoRun
    public static int loop(int from) {
        while (true) {
            if (from > 10) {
                return from;
            }
            from++;
        }
    }

    @PlutoRun
    public static synchronized int locked(List<Object> log) {
        log.add(Thread.holdsLock(Programs.class));
        return log.size();
    }

    @PlutoRun
    public static String mended(int number) {
        String text = "";
        try {
            text = text.concat("try");
            if (number == 0) {
                throw new IOException("mended");
            }
            if (number == 1) {
                return text;
            }
            if (number == 2) {
                throw new IllegalStateException("not mended");
            }
        } catch (IOException e) {
            text = text.concat("+").concat("caught");
        } finally {
            number++;
        }
        return text;
    }

    @PlutoRun(nesting = Nesting.NEW)
    public static int opensItsOwn() {
        return 1;
    }
}
