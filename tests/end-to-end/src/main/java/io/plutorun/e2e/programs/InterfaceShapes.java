package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What Java 8 added to {@link MethodShapes}: bodies in interfaces, and lambdas. Written in the Java of release 8. */
public final class InterfaceShapes {

    private InterfaceShapes() {}

    public static void main(String[] args) {
        MethodShapes.main(args);
        System.out.println(Shape.staticMethod(2));
        System.out.println(new Square().defaultMethod(3));
        System.out.println(withLambda(4).getAsInt());
        Supplier<String> reference = InterfaceShapes::referredTo;
        System.out.println(reference.get());
        UnaryOperator<String> generic = new Doubled();
        System.out.println(generic.apply("i"));
    }

    private interface Shape {
        int sides();

        @PlutoRun
        static int staticMethod(int a) {
            return a * a;
        }

        @PlutoRun
        default long defaultMethod(long a) {
            return sides() * a;
        }
    }

    private static final class Square implements Shape {
        @Override
        public int sides() {
            return 4;
        }
    }

    @PlutoRun
    static IntSupplier withLambda(int a) {
        return () -> a + 1;
    }

    @PlutoRun
    static String referredTo() {
        return "referred";
    }

    private static final class Doubled implements UnaryOperator<String> {
        @Override
        @PlutoRun
        public String apply(String a) {
            return a + a;
        }
    }
}
