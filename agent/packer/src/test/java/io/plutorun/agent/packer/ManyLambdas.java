package io.plutorun.agent.packer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Lambdas and method references of every kind, and what comes of them. */
final class ManyLambdas implements Callable<List<Object>> {

    private final String field = "field";

    @Override
    public List<Object> call() {
        int i = 3;
        long l = 4;
        double d = 0.5;
        char c = 'c';
        boolean b = true;
        String text = "text";
        List<String> added = new ArrayList<>();
        Supplier<String> none = () -> "none";
        Supplier<String> all = () -> text + i + l + d + c + b + field;
        Function<String, Integer> unboundBoxing = String::length;
        Supplier<Integer> boundBoxing = text::length;
        ToIntFunction<Integer> unboxing = Integer::intValue;
        ToLongFunction<Integer> widening = Integer::intValue;
        IntFunction<int[]> array = int[]::new;
        Function<String, StringBuilder> constructor = StringBuilder::new;
        Consumer<String> ignoring = added::add;
        DoubleBinaryOperator wide = (x, y) -> x * y + l;
        LongSupplier ofPrivate = this::ofPrivate;
        Predicate<Object> test = text::equals;
        BiFunction<List<String>, Integer, String> ofInterface = List::get;
        Supplier<String> ofSuper = super::toString;
        Function<String, Function<Integer, String>> nested = outer -> inner -> outer + inner + i;
        ignoring.accept("added");
        List<Object> results = new ArrayList<>();
        results.add(none.get());
        results.add(all.get());
        results.add(unboundBoxing.apply("four"));
        results.add(boundBoxing.get());
        results.add(unboxing.applyAsInt(5));
        results.add(widening.applyAsLong(6));
        results.add(array.apply(7).length);
        results.add(constructor.apply("built").append('!').toString());
        results.add(added);
        results.add(wide.applyAsDouble(1.5, 2));
        results.add(ofPrivate.getAsLong());
        results.add(test.test("text"));
        results.add(ofInterface.apply(added, 0));
        results.add(ofSuper.get().isEmpty());
        results.add(nested.apply("outer").apply(1));
        results.add(new Inner().get());
        results.add(Functional.TWICE.apply("2"));
        results.addAll(records());
        return results;
    }

    private long ofPrivate() {
        return 11;
    }

    private static final class Inner implements Supplier<Object> {
        private final String own = "own";

        @Override
        public Object get() {
            Supplier<Object> supplier = () -> own;
            return supplier.get();
        }
    }

    interface Functional extends Function<String, String> {
        Functional TWICE = text -> text + text;
    }

    record Mixed(
            int i, long l, double d, float f, boolean b, char c, byte y, short s, String text, List<String> list) {}

    private static List<Object> records() {
        Mixed one = new Mixed(1, 2, Double.NaN, -0f, true, 'c', (byte) 3, (short) 4, "five", List.of("six"));
        Mixed same = new Mixed(1, 2, Double.NaN, -0f, true, 'c', (byte) 3, (short) 4, "five", List.of("six"));
        Mixed other = new Mixed(1, 2, Double.NaN, 0f, true, 'c', (byte) 3, (short) 4, "five", List.of("six"));
        return List.of(
                one.equals(same),
                one.equals(other),
                one.equals((Object) null),
                List.<Object>of("one").contains(one),
                one.hashCode(),
                other.hashCode(),
                one.toString());
    }
}
