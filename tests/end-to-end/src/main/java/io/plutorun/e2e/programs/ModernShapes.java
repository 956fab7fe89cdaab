package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** What came after Java 8: records, private methods of interfaces, patterns, switch expressions; and a tracked {@code main}. */
public final class ModernShapes {

    private ModernShapes() {}

    public static void main(String[] args) {
        InterfaceShapes.main(args);
        System.out.println(new Point(1, 2).recordMethod(0.5));
        System.out.println(new Metered() {}.measure());
        System.out.println(patterns(new Point(3, 4)) + patterns("text") + patterns(5L));
        System.out.println(switchExpression(Thread.State.NEW));
        TrackedMain.main(new String[] {"j"});
    }

    private record Point(int x, int y) {
        @PlutoRun
        double recordMethod(double scale) {
            return (x + y) * scale;
        }
    }

    private interface Metered {
        default String measure() {
            return privateInterfaceMethod(6);
        }

        @PlutoRun
        private String privateInterfaceMethod(int a) {
            return "metered " + a;
        }
    }

    @PlutoRun
    static String patterns(Object value) {
        if (value instanceof Point point && point.x() > 2) {
            return "point " + point.y();
        }
        if (!(value instanceof String text)) {
            return "other " + value;
        }
        return text;
    }

    @PlutoRun
    static int switchExpression(Thread.State state) {
        int base = 10;
        return base
                + switch (state) {
                    case NEW -> 1;
                    case RUNNABLE -> {
                        int two = 2;
                        yield two;
                    }
                    default -> throw new IllegalArgumentException(state.name());
                };
    }

    static final class TrackedMain {
        @PlutoRun
        public static void main(String[] args) {
            System.out.println("main " + args[0]);
        }
    }
}
