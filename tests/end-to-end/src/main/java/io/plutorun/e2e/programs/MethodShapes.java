package io.plutorun.e2e.programs;

import io.plutorun.Nesting;
import io.plutorun.PlutoRun;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Tracked methods of every shape that a Java 5 class file can have: no lambda, no method in an interface. Each is called once, and
 * what it answers is printed. Written in the Java of release 8, since the tests compile it for that, too.
 */
@SuppressWarnings("StatementSwitchToExpressionSwitch") // Java 8 has no other
public final class MethodShapes {

    private final Object lock = new Object();

    private MethodShapes() {}

    public static void main(String[] args) {
        MethodShapes shapes = new MethodShapes();
        System.out.println(shapes.privateMethod(1));
        System.out.println(staticMethod("a"));
        System.out.println(shapes.synchronizedMethod(2));
        System.out.println(staticSynchronizedMethod(3));
        System.out.println(generic("b", String.CASE_INSENSITIVE_ORDER));
        System.out.println(overloaded(4));
        System.out.println(overloaded(4L));
        System.out.println(overloaded("4"));
        System.out.println(varargs("c", 1, 2, 3));
        System.out.println(shapes.wide(1L, 2.5, 3, 4L, 5.5f, (byte) 6, 7.5));
        System.out.println(manyLocals(9));
        System.out.println(loopFirst(5));
        System.out.println(endlessLoopFirst(5));
        System.out.println(loopOverWideLocals(4L, 0.5));
        System.out.println(returnThroughFinally(true) + " " + returnInFinally());
        System.out.println(nestedTry("not a number"));
        System.out.println(shapes.returnInSynchronized(6));
        System.out.println(switchOnInt(2) + switchOnSparse(1000) + switchOnText("adam"));
        System.out.println(branches(3, null) + recursive(5));
        primitives();
        System.out.println(shapes.new Inner().innerMethod(7));
        System.out.println(new Nested().nestedMethod());
        System.out.println(anonymous().compare("e", "f"));
        System.out.println(local());
        Base<String> bridged = new Bridged();
        System.out.println(bridged.bridgeMethod("g"));
        System.out.println(Optimizer.ADAM.step(2.0) + Optimizer.SGD.step(2.0));
        IllegalStateException own = new IllegalStateException("own");
        try {
            shapes.throwsThroughFinally(own);
        } catch (IllegalStateException thrown) {
            System.out.println(thrown == own);
        }
    }

    @PlutoRun
    private int privateMethod(int a) {
        return a + lock.getClass().getSimpleName().length();
    }

    @PlutoRun
    static String staticMethod(String a) {
        return a + a;
    }

    @PlutoRun
    synchronized boolean synchronizedMethod(int a) {
        return Thread.holdsLock(this) && a == 2;
    }

    @PlutoRun
    static synchronized boolean staticSynchronizedMethod(int a) {
        return Thread.holdsLock(MethodShapes.class) && a == 3;
    }

    @PlutoRun
    static <T extends Comparable<T>, C extends Comparator<? super T>> T generic(T value, C order) {
        return order.compare(value, value) == 0 ? value : null;
    }

    @PlutoRun
    static String overloaded(int a) {
        return "int " + a;
    }

    @PlutoRun
    static String overloaded(long a) {
        return "long " + a;
    }

    @PlutoRun
    static String overloaded(String a) {
        return "text " + a;
    }

    @PlutoRun
    static String varargs(String first, int... rest) {
        return first + Arrays.toString(rest);
    }

    @PlutoRun
    double wide(long a, double b, int c, long d, float e, byte f, double g) {
        long sum = a + d;
        double product = b * g;
        return sum + product + c + e + f;
    }

    @PlutoRun
    static String manyLocals(int seed) {
        int a = seed + 1;
        long b = a * 2L;
        double c = b / 3.0;
        String d = "d" + c;
        if (a > 5) {
            float e = a * 0.5f;
            int[] f = {a, a + 1};
            long g = f[0] + b;
            d += e + g;
            for (int h : f) {
                double i = h * 1.5;
                d += i;
            }
        } else {
            String e = "other";
            d += e;
        }
        byte j = (byte) a;
        char k = (char) ('a' + j);
        short l = (short) (k - 'a');
        boolean m = l > 3;
        return d + j + k + l + m;
    }

    /** Its first instruction is the target of a jump, so it bears a frame of its own. */
    @PlutoRun
    static int loopFirst(int n) {
        while (n > 0) {
            n -= 2;
        }
        return n;
    }

    /** Has no instruction behind the loop: each return is in it. */
    @PlutoRun
    static int endlessLoopFirst(int n) {
        while (true) {
            if (n % 7 == 0) {
                return n;
            }
            n++;
        }
    }

    @PlutoRun
    static double loopOverWideLocals(long steps, double rate) {
        do {
            steps--;
            rate *= 1.5;
        } while (steps > 0);
        return rate;
    }

    @PlutoRun
    static String returnThroughFinally(boolean early) {
        StringBuilder order = new StringBuilder();
        try {
            if (early) {
                return order.append("early").toString();
            }
            return order.append("late").toString();
        } finally {
            order.append("finally");
            System.out.println(order);
        }
    }

    @PlutoRun
    @SuppressWarnings("finally") // a return that swallows an exception is a shape, too
    static int returnInFinally() {
        try {
            throw new IllegalStateException("swallowed");
        } finally {
            return 8;
        }
    }

    @PlutoRun
    static String nestedTry(String text) {
        String trace = "";
        try {
            try {
                trace += "parse ";
                return trace + Integer.parseInt(text);
            } catch (NumberFormatException e) {
                trace += "caught ";
                throw new IllegalArgumentException(trace, e);
            } finally {
                trace += "inner ";
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            return trace + e.getMessage();
        }
    }

    @PlutoRun
    int returnInSynchronized(int a) {
        synchronized (lock) {
            synchronized (this) {
                if (a > 5) {
                    return a * 2;
                }
            }
            return a;
        }
    }

    @PlutoRun
    static String switchOnInt(int a) {
        switch (a) {
            case 1:
                return "one";
            case 2:
                return "two";
            default:
                return "many";
        }
    }

    @PlutoRun
    static String switchOnSparse(int a) {
        String size;
        switch (a) {
            case 1:
                size = "small";
                break;
            case 1000:
                size = "large";
                break;
            default:
                size = "other";
        }
        return size;
    }

    @PlutoRun
    static int switchOnText(String name) {
        switch (name) {
            case "sgd":
                return 1;
            case "adam":
                return 2;
            default:
                return 3;
        }
    }

    @PlutoRun
    static String branches(int a, String otherwise) {
        Object chosen = a > 2 ? Integer.valueOf(a) : otherwise;
        String made = new StringBuilder(a > 1 ? "x" : "y")
                .insert(0, chosen)
                .toString(); // the jumps of ?: come beside an object that is not initialised yet
        return (otherwise != null && a > 3) || chosen == null ? "none" : made;
    }

    @PlutoRun
    static int recursive(int n) {
        return n <= 1 ? 1 : n * recursive(n - 1);
    }

    private static void primitives() {
        noResult();
        System.out.println(booleanResult(true) + " " + byteResult((byte) 1) + " " + charResult('c') + " "
                + shortResult((short) 2) + " " + intResult(3) + " " + longResult(4L) + " " + floatResult(5.5f) + " "
                + doubleResult(6.5) + " " + nullResult() + " " + Arrays.toString(arrayResult(new double[] {7})) + " "
                + Arrays.deepToString(arraysResult(new String[][] {{"h"}, {}})));
    }

    @PlutoRun
    static void noResult() {}

    @PlutoRun
    static boolean booleanResult(boolean a) {
        return !a;
    }

    @PlutoRun
    static byte byteResult(byte a) {
        return a;
    }

    @PlutoRun
    static char charResult(char a) {
        return a;
    }

    @PlutoRun
    static short shortResult(short a) {
        return a;
    }

    @PlutoRun
    static int intResult(int a) {
        return a;
    }

    @PlutoRun
    static long longResult(long a) {
        return a;
    }

    @PlutoRun
    static float floatResult(float a) {
        return a;
    }

    @PlutoRun
    static double doubleResult(double a) {
        return a;
    }

    @PlutoRun
    static Object nullResult() {
        return null;
    }

    @PlutoRun
    static double[] arrayResult(double[] a) {
        return a;
    }

    @PlutoRun
    static String[][] arraysResult(String[][] a) {
        return a;
    }

    @PlutoRun
    void throwsThroughFinally(RuntimeException thrown) {
        try {
            synchronized (lock) {
                throw thrown;
            }
        } finally {
            System.out.println("finally, lock held: " + Thread.holdsLock(lock));
        }
    }

    private final class Inner {
        @PlutoRun
        private String innerMethod(int a) {
            return lock.getClass().getSimpleName() + a;
        }
    }

    private static final class Nested {
        @PlutoRun
        String nestedMethod() {
            return "nested";
        }
    }

    private static Comparator<String> anonymous() {
        return new Comparator<String>() {
            @Override
            @PlutoRun
            public int compare(String a, String b) {
                return a.compareTo(b);
            }
        };
    }

    private static String local() {
        class Local {
            @PlutoRun
            String localMethod() {
                return "local";
            }
        }
        return new Local().localMethod();
    }

    private abstract static class Base<T> {
        abstract T bridgeMethod(T value);
    }

    /** Has a bridge {@code Object bridgeMethod(Object)}, to which javac copies the annotation. */
    private static final class Bridged extends Base<String> {
        @Override
        @PlutoRun(nesting = Nesting.NEW) // two runs, if the bridge were tracked as well
        String bridgeMethod(String value) {
            return value + value;
        }
    }

    private enum Optimizer {
        SGD,
        ADAM {
            @Override
            @PlutoRun
            double step(double rate) {
                return rate * 2;
            }
        };

        @PlutoRun
        double step(double rate) {
            return rate;
        }
    }
}
