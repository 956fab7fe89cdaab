package io.plutorun.agent.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({
    "JdkObsolete", // programs use these classes
    "JavaUtilDate",
    "DoubleBraceInitialization",
    "EffectivelyPrivate", // getters are public
    "UnnecessaryLambda",
    "UnusedMethod" // nothing calls them: that is what is tested
})
class ObjectTreesTest {

    /** Calls of the program's code. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final ObjectTrees trees = UnusedInstrumentation.trees();

    private @Nullable Object tree(@Nullable Object object) {
        return trees.of(object);
    }

    private static int called() {
        throw new IllegalStateException("called " + CALLS.incrementAndGet());
    }

    private enum Mode {
        FAST {
            @Override
            public String toString() {
                return "" + called();
            }
        }
    }

    /** What every object can be asked for. */
    private static class Own {
        @Override
        public String toString() {
            return "" + called();
        }

        @Override
        public int hashCode() {
            return called();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return called() == 0;
        }
    }

    /** A key has to be put into a map before it may complain. */
    private static final class OwnKey {
        static boolean complains;

        @Override
        public int hashCode() {
            return complains ? called() : 1;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return complains ? called() == 0 : this == other;
        }

        @Override
        public String toString() {
            return "" + called();
        }
    }

    private static class Base extends Own {
        @SuppressWarnings("unused") // read by the agent
        private final double lr = 0.1;
    }

    @SuppressWarnings("unused") // read by the agent
    private static final class Hyper extends Base {
        static final int SHARED = 7;
        final int epochs = 5;
        private final @Nullable String scheduler = null;
        private final Optimizer optimizer = new Optimizer("sgd", List.of(0.9, 0.999));
        private final transient double cache = 1;
        private final Supplier<String> lambda = () -> "" + called();

        public int getEpochs() {
            return called();
        }
    }

    private record Optimizer(String name, List<Double> betas) {
        @Override
        public String name() {
            return "" + called();
        }
    }

    private static final class OwnNumber extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            return called();
        }

        @Override
        public long longValue() {
            return called();
        }

        @Override
        public float floatValue() {
            return called();
        }

        @Override
        public double doubleValue() {
            return called();
        }
    }

    private static final class OwnList extends AbstractList<String> {
        @Override
        public String get(int index) {
            return "" + called();
        }

        @Override
        public int size() {
            return called();
        }
    }

    private static final class OwnMap extends AbstractMap<String, String> {
        @Override
        public Set<Entry<String, String>> entrySet() {
            throw new IllegalStateException("called " + CALLS.incrementAndGet());
        }
    }

    /** As an ORM's: what it holds it would load when it is asked. */
    @SuppressWarnings("unused") // read by the agent, if that is wrong
    private static final class LazyBag implements Collection<String> {
        private final Object session = new Own();

        @Override
        public int size() {
            return called();
        }

        @Override
        public boolean isEmpty() {
            return called() == 0;
        }

        @Override
        public boolean contains(Object o) {
            return called() == 0;
        }

        @Override
        public Iterator<String> iterator() {
            return List.of("" + called()).iterator();
        }

        @Override
        public Object[] toArray() {
            return new Object[called()];
        }

        @Override
        public <T> T[] toArray(T[] a) {
            called();
            return a;
        }

        @Override
        public boolean add(String s) {
            return called() == 0;
        }

        @Override
        public boolean remove(Object o) {
            return called() == 0;
        }

        @Override
        public boolean containsAll(Collection<?> c) {
            return called() == 0;
        }

        @Override
        public boolean addAll(Collection<? extends String> c) {
            return called() == 0;
        }

        @Override
        public boolean removeAll(Collection<?> c) {
            return called() == 0;
        }

        @Override
        public boolean retainAll(Collection<?> c) {
            return called() == 0;
        }

        @Override
        public void clear() {
            called();
        }
    }

    private static final class CountingMap extends HashMap<String, Integer> {
        private static final long serialVersionUID = 1;

        @Override
        public int size() {
            return called();
        }
    }

    private static final class Resource implements AutoCloseable {
        @SuppressWarnings("unused") // read by the agent, if that is wrong
        private final long handle = 1;

        @Override
        public void close() {
            called();
        }
    }

    private static final class Words implements CharSequence {
        @Override
        public int length() {
            return called();
        }

        @Override
        public char charAt(int index) {
            return (char) called();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return "" + called();
        }

        @Override
        public String toString() {
            return "" + called();
        }
    }

    private static final class OwnThread extends Thread {
        @SuppressWarnings("unused") // read by the agent, if that is wrong
        private final int field = 1;
    }

    private static final class Proxied$$EnhancerBySpringCGLIB$$1 {
        @SuppressWarnings("unused") // read by the agent, if that is wrong
        private final int field = 1;
    }

    private static <T> T with(T value, java.util.function.Consumer<T> change) {
        change.accept(value);
        return value;
    }

    private static Comparator<String> countingComparator() {
        int[] until = {2};
        return (a, b) -> until[0]-- > 0 ? a.compareTo(b) : called();
    }

    static Stream<Arguments> scalars() throws Exception {
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
                pair(BigInteger.ONE.shiftLeft(10_000_000), "a number of 10000001 bits"),
                pair(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE), "a number of 1 bits and scale -2147483648"),
                pair(new AtomicInteger(5), 5L),
                pair(new AtomicLong(6), 6L),
                pair(with(new LongAdder(), adder -> adder.add(7)), 7L),
                pair(with(new DoubleAdder(), adder -> adder.add(0.5)), 0.5),
                pair(new AtomicBoolean(true), true),
                pair(TimeUnit.SECONDS, "SECONDS"),
                pair(Mode.FAST, "FAST"),
                pair(Optional.of("x"), "x"),
                pair(Optional.of(Optional.of(List.of(1))), List.of(1)),
                pair(OptionalInt.of(1), 1),
                pair(OptionalLong.of(2), 2L),
                pair(OptionalDouble.of(0.5), 0.5),
                pair(new AtomicReference<>("x"), "x"),
                pair(Instant.EPOCH, "1970-01-01T00:00:00Z"),
                pair(LocalDate.of(2026, 12, 31), "2026-12-31"),
                pair(Instant.EPOCH.atZone(ZoneId.of("Europe/Paris")), "1970-01-01T01:00+01:00[Europe/Paris]"),
                pair(new Date(0), "1970-01-01T00:00:00Z"),
                pair(new Timestamp(0), "1970-01-01T00:00:00Z"),
                pair(ZoneId.of("Europe/Paris"), "Europe/Paris"),
                pair(Duration.ofSeconds(90), "PT1M30S"),
                pair(Period.ofDays(3), "P3D"),
                pair(Path.of("data/train.csv"), "data" + File.separator + "train.csv"),
                pair(new File("train.csv"), "train.csv"),
                pair(new URI("http://host/a?b#c"), "http://host/a?b#c"),
                pair(new URL("http://user@host:81/a?b#c"), "http://user@host:81/a?b#c"),
                pair(new URL("file:/a"), "file:/a"),
                pair(String.class, "java.lang.String"),
                pair(int[].class, "int[]"),
                pair(Own.class, Own.class.getName()),
                pair(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
                pair(Locale.GERMANY, "de_DE"),
                pair(StandardCharsets.UTF_8, "UTF-8"),
                pair(Pattern.compile("a+"), "a+"));
    }

    static Stream<Arguments> collections() {
        List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));
        return Stream.of(
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
                pair(new int[2][2], List.of(List.of(0, 0), List.of(0, 0))),
                pair(new Object[0], List.of()),
                pair(List.of("a", 1), List.of("a", 1)),
                pair(List.of(1, 2, 3), List.of(1, 2, 3)),
                pair(List.of(1, 2, 3).subList(1, 3), List.of(2, 3)),
                pair(Set.of("a"), List.of("a")),
                pair(Stream.of(1, 2, 3).toList(), List.of(1, 2, 3)),
                pair(numbers, List.of(1, 2, 3)),
                pair(numbers.subList(1, 3), List.of(2, 3)),
                pair(Arrays.asList(1, 2, 3), List.of(1, 2, 3)),
                pair(Arrays.asList(1, 2, 3).subList(1, 3), List.of(2, 3)),
                pair(new LinkedList<>(numbers), List.of(1, 2, 3)),
                pair(new LinkedList<>(numbers).subList(1, 3), List.of(2, 3)),
                pair(new Vector<>(numbers), List.of(1, 2, 3)),
                pair(new ArrayDeque<>(numbers), List.of(1, 2, 3)),
                pair(new PriorityQueue<>(numbers), List.of(1, 2, 3)),
                pair(new CopyOnWriteArrayList<>(numbers), List.of(1, 2, 3)),
                pair(new ConcurrentLinkedQueue<>(numbers), List.of(1, 2, 3)),
                pair(new LinkedHashSet<>(numbers), List.of(1, 2, 3)),
                pair(
                        with(new TreeSet<>(countingComparator()), set -> set.addAll(List.of("a", "b"))),
                        List.of("a", "b")),
                pair(new ConcurrentSkipListSet<>(numbers), List.of(1, 2, 3)),
                pair(EnumSet.of(TimeUnit.DAYS), List.of("DAYS")),
                pair(Collections.nCopies(2, "x"), List.of("x", "x")),
                pair(Collections.emptySet(), List.of()),
                pair(Collections.singleton(1), List.of(1)),
                pair(Collections.unmodifiableList(numbers), List.of(1, 2, 3)),
                pair(Collections.synchronizedSet(new LinkedHashSet<>(numbers)), List.of(1, 2, 3)),
                pair(Collections.checkedList(numbers, Integer.class), List.of(1, 2, 3)),
                pair(
                        Collections.unmodifiableCollection(Collections.synchronizedList(new Vector<>(numbers))),
                        List.of(1, 2, 3)),
                pair(
                        with(Collections.newSetFromMap(new HashMap<String, Boolean>()), set -> set.add("a")),
                        List.of("a")),
                pair(new LinkedHashMap<>(Map.of("a", 1)).keySet(), List.of("a")),
                pair(new TreeMap<>(Map.of("a", 1, "b", 2)).keySet(), List.of("a", "b")),
                pair(new TreeMap<>(Map.of("a", 1, "b", 2)).values(), List.of(1, 2)),
                pair(ConcurrentHashMap.newKeySet(), List.of()),
                pair(
                        new ArrayList<>() {
                            {
                                add(1);
                            }
                        },
                        List.of(1)));
    }

    static Stream<Arguments> maps() {
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
        Map<String, Integer> a = Map.of("a", 1);
        return Stream.of(
                pair(map, a),
                pair(a, a),
                pair(Map.of("a", 1, "b", 2), Map.of("a", 1, "b", 2)),
                pair(new LinkedHashMap<>(map), a),
                pair(with(new TreeMap<>(countingComparator()), m -> m.put("a", 1)), a),
                pair(new ConcurrentHashMap<>(map), a),
                pair(new ConcurrentSkipListMap<>(map), a),
                pair(new Hashtable<>(map), a),
                pair(with(new Properties(), p -> p.setProperty("a", "1")), Map.of("a", "1")),
                pair(new EnumMap<>(Map.of(Mode.FAST, 1)), Map.of("FAST", 1)),
                pair(with(new IdentityHashMap<Object, Integer>(), m -> m.put("a", 1)), a),
                pair(Collections.singletonMap("a", 1), a),
                pair(Collections.unmodifiableMap(map), a),
                pair(Collections.unmodifiableSortedMap(new TreeMap<>(map)), a),
                pair(Collections.synchronizedMap(new Hashtable<>(map)), a),
                pair(Collections.checkedMap(map, String.class, Integer.class), a),
                pair(Map.entry("a", 1), a),
                pair(new AbstractMap.SimpleEntry<>("a", 1), a),
                pair(
                        new HashMap<String, Integer>() {
                            {
                                put("a", 1);
                            }
                        },
                        a),
                pair(Map.of(1, List.of(2)), Map.of("1", List.of(2))),
                pair(Map.of(Duration.ofSeconds(1), 1), Map.of("PT1S", 1)),
                pair(Map.of("a", Map.of("b", Optional.of(0.5))), Map.of("a", Map.of("b", 0.5))));
    }

    static Stream<Arguments> objects() {
        Map<String, Object> hyper = new LinkedHashMap<>();
        hyper.put("lr", 0.1);
        hyper.put("epochs", 5);
        hyper.put("scheduler", null);
        hyper.put("optimizer", Map.of("name", "sgd", "betas", List.of(0.9, 0.999)));
        hyper.put("lambda", Hyper.class.getName() + "$$Lambda");
        return Stream.of(
                pair(new Hyper(), hyper),
                pair(new Optimizer("adam", List.of()), Map.of("name", "adam", "betas", List.of())),
                pair(List.of(new Optimizer("a", List.of())), List.of(Map.of("name", "a", "betas", List.of()))));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                named(new Object()),
                named(new Random()),
                named(new Own()),
                named(new OwnNumber()),
                named(new OwnList()),
                named(new OwnMap()),
                named(new LazyBag()),
                named(new CountingMap()),
                named(new Resource()),
                named(new Words()),
                named(new OwnThread()),
                named(new Proxied$$EnhancerBySpringCGLIB$$1()),
                named(new LongAccumulator((a, b) -> called(), 0)),
                named(Stream.of(1)),
                named(Collections.unmodifiableCollection(new OwnList())),
                named(Collections.unmodifiableMap(new OwnMap())),
                named(Collections.synchronizedMap(new CountingMap())),
                named(new TreeMap<>(Map.of("a", 1)).headMap("b")),
                named(Proxy.newProxyInstance(
                        ObjectTreesTest.class.getClassLoader(), new Class<?>[] {Map.class}, (p, m, a) -> called())),
                pair((Runnable) ObjectTreesTest::called, ObjectTreesTest.class.getName() + "$$Lambda"),
                pair(new OwnNumber[] {new OwnNumber()}, List.of(OwnNumber.class.getName())));
    }

    private static Arguments named(Object value) {
        return pair(value, value.getClass().getName());
    }

    private static Arguments pair(Object value, Object tree) {
        return Arguments.argumentSet(value.getClass().getTypeName(), value, tree);
    }

    @ParameterizedTest(autoCloseArguments = false) // nobody closes the program's
    @MethodSource({"scalars", "collections", "maps", "objects", "others"})
    void P1_every_kind_of_object_has_its_tree_and_the_program_is_not_called(Object value, Object tree) {
        int before = CALLS.get();

        assertThat(tree(value)).isEqualTo(tree);
        assertThat(CALLS.get()).isEqualTo(before);
    }

    @Test
    void nothing_is_null() {
        assertThat(tree(null)).isNull();
        assertThat(tree(Optional.empty())).isNull();
        assertThat(tree(OptionalInt.empty())).isNull();
    }

    @Test
    void a_key_whose_text_is_the_program_s_has_the_name_of_its_class_and_keys_stay_apart() {
        Map<Object, Integer> map = new LinkedHashMap<>();
        map.put(new OwnKey(), 1);
        map.put(new OwnKey(), 2);
        map.put(1, 3);
        map.put("1", 4);
        map.put(null, 5);
        OwnKey.complains = true;

        assertThat(tree(map))
                .isEqualTo(Map.of(
                        OwnKey.class.getName(), 1, OwnKey.class.getName() + " (2)", 2, "1", 3, "1 (4)", 4, "null", 5));
    }

    @Test
    void P1_what_holds_itself_is_cut() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> map = new HashMap<>();
        map.put("view", Collections.unmodifiableMap(map));
        AtomicReference<Object> reference = new AtomicReference<>();
        reference.set(reference);

        assertThat(tree(list)).isEqualTo(List.of("java.util.ArrayList (a cycle)"));
        assertThat(tree(map))
                .isEqualTo(Map.of("view", Map.of("view", "java.util.Collections$UnmodifiableMap (a cycle)")));
        assertThat(tree(reference)).isEqualTo("java.util.concurrent.atomic.AtomicReference");
        List<Integer> shared = List.of(1);
        assertThat(tree(List.of(shared, shared))).as("twice is no cycle").isEqualTo(List.of(shared, shared));
    }

    @Test
    void P1_what_is_deeper_than_four_levels_has_the_name_of_its_class() {
        Object deep = List.of(List.of(List.of(List.of(1, List.of(2), new int[0]))));

        assertThat(tree(deep))
                .isEqualTo(List.of(List.of(List.of(List.of(1, "java.util.ImmutableCollections$List12", "int[]")))));
    }

    @Test
    void P1_the_first_hundred_elements_are_kept_and_then_their_count() {
        for (Object large : List.of(
                new int[10_000_000],
                Collections.nCopies(Integer.MAX_VALUE, 0),
                new Vector<>(Collections.nCopies(1000, 0)),
                Collections.unmodifiableList(new ArrayList<>(Collections.nCopies(1000, 0))))) {
            assertThat(tree(large))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(101)
                    .startsWith(0, 0)
                    .last(InstanceOfAssertFactories.STRING)
                    .matches("… \\(cut, (10000000|2147483647|1000) elements\\)");
        }
        assertThat(tree(IntStream.range(0, 100).toArray()))
                .isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(tree(new ConcurrentLinkedQueue<>(Collections.nCopies(101, 0))))
                .as("not counted")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .endsWith(0, "… (cut)");
    }

    @Test
    void P1_a_tree_has_five_hundred_keys_and_those_nearer_to_the_top_come_first() {
        Map<String, Object> large = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            large.put("k" + i, i);
        }
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("large", large);
        top.put("lr", 0.1);

        Object tree = tree(top);

        assertThat(tree).asInstanceOf(InstanceOfAssertFactories.MAP).containsEntry("lr", 0.1);
        assertThat(((Map<?, ?>) Objects.requireNonNull(tree)).get("large"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .hasSize(499)
                .containsEntry("k497", 497)
                .containsEntry("…", "cut, 1000 keys");
    }

    @Test
    void P1_a_tree_has_two_thousand_elements() {
        assertThat(tree(new int[100][100]))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(100)
                .startsWith(Collections.nCopies(100, 0))
                .endsWith(List.of("… (cut, 100 elements)"));
    }

    @Test
    void long_text_is_cut_and_says_so_and_so_is_what_a_tree_holds_in_all() {
        String text = "x".repeat(25_000_000);

        assertThat(tree(text)).isEqualTo("x".repeat(65_536) + "… (cut, 25000000 characters)");
        assertThat(tree("é".repeat(65_536))).isEqualTo("é".repeat(65_536));
        assertThat(tree("x".repeat(65_535) + "😀"))
                .as("no character is cut in two")
                .isEqualTo("x".repeat(65_535) + "… (cut, 65537 characters)");
        assertThat(tree(List.of("x".repeat(65_535), "yz", "w")))
                .isEqualTo(List.of("x".repeat(65_535), "y… (cut, 2 characters)", "… (cut, 1 characters)"));
        assertThat(tree(Map.of("k".repeat(300), 1))).isEqualTo(Map.of("k".repeat(255) + "…", 1));
    }

    @Test
    void P1_no_lock_is_waited_for() throws Exception {
        List<Object> locked = List.of(
                new Vector<>(List.of(1)),
                new Hashtable<>(Map.of("a", 1)),
                Collections.synchronizedList(new ArrayList<>(List.of(1))));
        Thread reader = new Thread(() -> locked.forEach(this::tree));
        synchronized (locked.get(0)) {
            synchronized (locked.get(1)) {
                synchronized (locked.get(2)) {
                    reader.start();
                    reader.join(60_000);
                    assertThat(reader.isAlive()).isFalse();
                }
            }
        }
    }
}
