package io.plutorun.agent.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.run.Sample;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private enum Mode {
        FAST {
            @Override
            public String toString() {
                CALLS.incrementAndGet();
                return "not this";
            }
        }
    }

    /** A class of the program's, every method of which tells that it was called. */
    private static final class OwnNumber extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            return CALLS.incrementAndGet();
        }

        @Override
        public long longValue() {
            return CALLS.incrementAndGet();
        }

        @Override
        public float floatValue() {
            return CALLS.incrementAndGet();
        }

        @Override
        public double doubleValue() {
            return CALLS.incrementAndGet();
        }

        @Override
        public String toString() {
            CALLS.incrementAndGet();
            return "own";
        }

        @Override
        public int hashCode() {
            return CALLS.incrementAndGet();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            CALLS.incrementAndGet();
            return this == other;
        }
    }

    private static final class OwnList extends AbstractList<String> {
        @Override
        public String get(int index) {
            throw new IllegalStateException("called " + CALLS.incrementAndGet());
        }

        @Override
        public int size() {
            throw new IllegalStateException("called " + CALLS.incrementAndGet());
        }
    }

    private static @Nullable Object recorded(@Nullable Object value) {
        return recorded("x", value).value();
    }

    private static Arguments.Captured recorded(String name, @Nullable Object value) {
        TrackedMethod method = new Sample().parameter(name, null, true).method();
        return new Arguments(method, new Object[] {value}).captured(false).get(0);
    }

    static Stream<ArgumentSet> values() {
        DoubleAdder half = new DoubleAdder();
        half.add(0.5);
        LongAdder seven = new LongAdder();
        seven.add(7);
        return Stream.of(
                pair("text", "text"),
                pair(true, true),
                pair('c', "c"),
                pair((byte) 1, (byte) 1),
                pair((short) 2, (short) 2),
                pair(3, 3),
                pair(4L, 4L),
                pair(0.5f, 0.5f),
                pair(0.25, 0.25),
                pair(new BigInteger("12345678901234567890"), new BigInteger("12345678901234567890")),
                pair(new BigDecimal("0.10"), new BigDecimal("0.10")),
                pair(new AtomicInteger(5), 5L),
                pair(new AtomicLong(6), 6L),
                pair(seven, 7L),
                pair(half, 0.5),
                pair(TimeUnit.SECONDS, "SECONDS"),
                pair(Mode.FAST, "FAST"),
                pair(new int[] {1, 2}, List.of(1, 2)),
                pair(new long[] {1}, List.of(1L)),
                pair(new double[] {0.5}, List.of(0.5)),
                pair(new float[] {0.5f}, List.of(0.5f)),
                pair(new short[] {1}, List.of((short) 1)),
                pair(new byte[] {1}, List.of((byte) 1)),
                pair(new char[] {'a', 'b'}, List.of("a", "b")),
                pair(new boolean[] {true}, List.of(true)),
                pair(new String[] {"a", null}, Arrays.asList("a", null)),
                pair(new Mode[] {Mode.FAST}, List.of("FAST")),
                pair(new Object[0], List.of()),
                pair(List.of("a", 1), List.of("a", 1)),
                pair(Set.of("a"), List.of("a")),
                pair(Collections.unmodifiableList(new ArrayList<>(List.of(1))), List.of(1)),
                pair(List.of(TimeUnit.DAYS), List.of("DAYS")),
                pair(new int[1001], "int[]"),
                pair(new String[1001], "java.lang.String[]"),
                pair(new ArrayList<>(Collections.nCopies(1001, "x")), "java.util.ArrayList of 1001"),
                pair(Collections.nCopies(Integer.MAX_VALUE, "x"), "java.util.Collections$CopiesList of 2147483647"),
                pair(new int[2][2], "int[][]"),
                pair(Map.of("a", 1), "java.util.ImmutableCollections$Map1"),
                pair(new Object(), "java.lang.Object"),
                pair(
                        new LongAccumulator((a, b) -> CALLS.incrementAndGet(), 0),
                        "java.util.concurrent.atomic.LongAccumulator"),
                pair(new OwnNumber(), OwnNumber.class.getName()),
                pair(new OwnList(), OwnList.class.getName()),
                pair(new OwnNumber[] {new OwnNumber()}, OwnNumber.class.getName() + "[]"));
    }

    private static ArgumentSet pair(Object value, Object recorded) {
        return org.junit.jupiter.params.provider.Arguments.argumentSet(
                value.getClass().getTypeName(), value, recorded);
    }

    @ParameterizedTest
    @MethodSource("values")
    void every_kind_of_argument_is_recorded_without_calling_the_program(Object value, Object recorded) {
        int before = CALLS.get();

        assertThat(recorded(value)).isEqualTo(recorded);
        assertThat(CALLS.get()).isEqualTo(before);
    }

    @Test
    void null_is_recorded_as_null() {
        assertThat(recorded(null)).isNull();
        assertThat(recorded("lr", null).name()).isEqualTo("lr");
    }

    @Test
    void P1_a_view_of_the_JDK_s_whose_collection_fails_is_recorded_by_its_name() {
        Collection<String> failing = Collections.unmodifiableCollection(new OwnList());

        assertThat(recorded(failing)).isEqualTo("java.util.Collections$UnmodifiableCollection");
    }

    @Test
    void a_thousand_elements_are_still_recorded() {
        assertThat(recorded(IntStream.range(0, 1000).toArray()))
                .isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void long_text_is_cut_and_says_so_and_so_is_what_a_collection_holds_in_all() {
        String text = "x".repeat(25_000_000);

        assertThat(recorded(text)).isEqualTo("x".repeat(65_536) + "… (cut, 25000000 characters)");
        assertThat(recorded("é".repeat(65_536))).isEqualTo("é".repeat(65_536));
        assertThat(recorded("x".repeat(65_535) + "😀"))
                .as("no character is cut in two")
                .isEqualTo("x".repeat(65_535) + "… (cut, 65537 characters)");
        assertThat(recorded(List.of("x".repeat(65_535), "yz", "w")))
                .isEqualTo(List.of("x".repeat(65_535), "y… (cut, 2 characters)", "… (cut, 1 characters)"));
    }

    @Test
    void numbers_that_would_take_minutes_to_write_out_are_told_by_their_size() {
        assertThat(recorded(BigInteger.ONE.shiftLeft(10_000_000))).isEqualTo("a number of 10000001 bits");
        assertThat(recorded(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE)))
                .isEqualTo("a number of 1 bits and scale -2147483648");
        assertThat(recorded(BigInteger.ONE.shiftLeft(100))).isEqualTo(BigInteger.ONE.shiftLeft(100));
    }

    @Test
    void those_that_ask_for_it_are_captured_or_all() {
        TrackedMethod method = new Sample()
                .parameter("lr", "learningRate", true)
                .parameter("epochs", "epochs", false)
                .method();
        Arguments arguments = new Arguments(method, new Object[] {0.1, 5});

        assertThat(arguments.captured(false)).containsExactly(new Arguments.Captured("lr", 0.1));
        assertThat(arguments.captured(true))
                .containsExactly(new Arguments.Captured("lr", 0.1), new Arguments.Captured("epochs", 5));
        assertThat(arguments.text("lr")).contains("0.1");
        assertThat(arguments.text("learningRate")).contains("0.1");
        assertThat(arguments.text("1")).contains("5");
        assertThat(arguments.text("2")).isEmpty();
    }

    @Test
    void fewer_values_than_parameters_are_no_trouble() {
        TrackedMethod method = new Sample()
                .parameter("a", null, true)
                .parameter("b", null, true)
                .method();

        assertThat(new Arguments(method, new Object[] {1}).captured(true)).hasSize(1);
        assertThat(new Arguments(method, new Object[0]).text("a")).isEmpty();
    }
}
