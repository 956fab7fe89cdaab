package io.plutorun.agent.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.objects.UnusedInstrumentation;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kotlin.Pair;
import kotlin.collections.MapsKt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NumbersOfTest {

    private final NumbersOf numbers = new NumbersOf(UnusedInstrumentation.fields());

    private Map<String, Double> of(@Nullable Object result) {
        Map<String, Double> found = new LinkedHashMap<>();
        int given = numbers.give("m", result, found::put);
        assertThat(given).isEqualTo(found.size());
        return found;
    }

    record Scores(double accuracy, @Nullable Integer correct, String name, OptionalDouble loss, List<Integer> all) {}

    static class Base {
        final float inherited = 0.5f;
        static final int SHARED = 7;
    }

    static class Evaluation extends Base {
        final long count = 3;
        final Scores nested = new Scores(1, 1, "", OptionalDouble.empty(), List.of());

        @SuppressWarnings("unused") // nothing calls it: that is what is tested
        public double getCount() {
            throw new AssertionError("a getter was called");
        }

        @Override
        public String toString() {
            throw new AssertionError("toString was called");
        }
    }

    /** Its code could compute anything. */
    static class Money extends Number {
        private static final long serialVersionUID = 1;
        final int cents = 150;

        @Override
        public int intValue() {
            throw new AssertionError();
        }

        @Override
        public long longValue() {
            throw new AssertionError();
        }

        @Override
        public float floatValue() {
            throw new AssertionError();
        }

        @Override
        public double doubleValue() {
            throw new AssertionError();
        }
    }

    static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of(0.25, Map.of("m", 0.25)),
                Arguments.of(3, Map.of("m", 3.0)),
                Arguments.of((short) 3, Map.of("m", 3.0)),
                Arguments.of(1L << 40, Map.of("m", (double) (1L << 40))),
                Arguments.of(0.5f, Map.of("m", 0.5)),
                Arguments.of(new BigDecimal("1.5"), Map.of("m", 1.5)),
                Arguments.of(new AtomicLong(4), Map.of("m", 4.0)),
                Arguments.of(Optional.of(2.5), Map.of("m", 2.5)),
                Arguments.of(Optional.empty(), Map.of()),
                Arguments.of(OptionalDouble.of(2.5), Map.of("m", 2.5)),
                Arguments.of(OptionalInt.of(2), Map.of("m", 2.0)),
                Arguments.of(OptionalLong.of(2), Map.of("m", 2.0)),
                Arguments.of(OptionalInt.empty(), Map.of()),
                Arguments.of(true, Map.of()),
                Arguments.of("0.5", Map.of()),
                Arguments.of(List.of(1, 2), Map.of()),
                Arguments.of(new double[] {1}, Map.of()),
                Arguments.of(
                        new Scores(0.9, 9, "n", OptionalDouble.of(0.1), List.of(1, 2)),
                        Map.of("m/accuracy", 0.9, "m/correct", 9.0, "m/loss", 0.1)),
                Arguments.of(
                        Optional.of(new Scores(0.9, null, "n", OptionalDouble.empty(), List.of(1, 2))),
                        Map.of("m/accuracy", 0.9)),
                Arguments.of(new Evaluation(), Map.of("m/inherited", 0.5, "m/count", 3.0)),
                Arguments.of(new Money(), Map.of("m/cents", 150.0)),
                Arguments.of(
                        Map.of("a", 1, DayOfWeek.MONDAY, 2.5f, 7, 3, "text", "x"),
                        Map.of("m/a", 1.0, "m/MONDAY", 2.5, "m/7", 3.0)),
                Arguments.of(new ConcurrentHashMap<>(Map.of("a", Optional.of(1))), Map.of("m/a", 1.0)),
                Arguments.of(new HashMap<>(Map.of(new Evaluation(), 1)), Map.of()),
                Arguments.of(Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("a", 1))), Map.of("m/a", 1.0)),
                Arguments.of(
                        Collections.unmodifiableMap(Collections.synchronizedMap(Map.of("a", 1))), Map.of("m/a", 1.0)),
                Arguments.of(Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("a", 1))), Map.of("m/a", 1.0)),
                Arguments.of(
                        Collections.checkedMap(new HashMap<>(Map.of("a", 1)), String.class, Integer.class),
                        Map.of("m/a", 1.0)),
                Arguments.of(Map.copyOf(new HashMap<>(Map.of("a", 1, "b", 2))), Map.of("m/a", 1.0, "m/b", 2.0)),
                Arguments.of(Optional.of(Collections.unmodifiableMap(Map.of("a", 1))), Map.of("m/a", 1.0)),
                Arguments.of(kotlinMap(), Map.of("m/a", 1.0)),
                Arguments.of(new Pair<>(1, 2.5), Map.of("m/first", 1.0, "m/second", 2.5)),
                Arguments.of(new kotlin.ranges.IntRange(1, 9), Map.of()));
    }

    /** As {@code buildMap} makes it. */
    private static Map<String, Integer> kotlinMap() {
        Map<String, Integer> map = MapsKt.createMapBuilder();
        map.put("a", 1);
        return MapsKt.build(map);
    }

    @ParameterizedTest
    @MethodSource("results")
    void numbers_are_found(@Nullable Object result, Map<String, Double> expected) {
        assertThat(of(result)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void nothing_is_no_number() {
        assertThat(of(null)).isEmpty();
    }

    /** A map that counts what is called of it. */
    static class CountingMap extends HashMap<String, Double> {
        private static final long serialVersionUID = 1;
        private static final List<String> CALLS = new ArrayList<>();
        final int epoch = 4;

        @Override
        public java.util.Set<Entry<String, Double>> entrySet() {
            CALLS.add("entrySet");
            return super.entrySet();
        }
    }

    @Test
    void P1_a_map_of_the_programs_own_is_not_gone_through_also_where_the_jdk_wraps_it() {
        CountingMap map = new CountingMap();
        map.put("a", 1.0);
        CountingMap.CALLS.clear();

        assertThat(of(map)).containsExactly(Map.entry("m/epoch", 4.0));
        assertThat(of(Collections.unmodifiableMap(map))).isEmpty();
        assertThat(of(Collections.unmodifiableMap(Collections.synchronizedMap(map))))
                .isEmpty();
        assertThat(CountingMap.CALLS).isEmpty();
    }
}
