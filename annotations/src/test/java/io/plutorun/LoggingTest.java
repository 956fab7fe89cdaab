package io.plutorun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program logs arrives at the agent, in whose place functions of this test stand. */
class LoggingTest {

    private static final List<String> LOGGED = new ArrayList<>();

    /** The call that the bridge gives, as a function from an attribute's name to its value. */
    private static Function<String, Object> current;

    /** What the agent's functions throw. */
    private static Supplier<Throwable> failure;

    private static final Function<String, Object> CALL = new Function<>() {
        @Override
        public Object apply(String attribute) {
            return attribute.equals("active") ? true : null;
        }

        @Override
        public String toString() {
            return "run";
        }
    };

    @BeforeEach
    void forget() {
        LOGGED.clear();
        current = CALL;
        failure = null;
    }

    @AfterEach
    void removeAgent() throws ReflectiveOperationException {
        setAgent(null);
    }

    /** As the agent does it, by the field's name. */
    private static void setAgent(Function<String, Object> functions) throws ReflectiveOperationException {
        Field agent = AgentDoor.class.getDeclaredField("agent");
        agent.setAccessible(true);
        agent.set(null, functions);
    }

    private static MethodHandle handle(String name) {
        Class<?>[] parameters = switch (name) {
            case "current" -> new Class<?>[0];
            case "carry", "leave" -> new Class<?>[] {Object.class};
            case "log" -> new Class<?>[] {Object.class, String.class, double.class};
            case "logAt" -> new Class<?>[] {Object.class, String.class, double.class, long.class};
            case "record" -> new Class<?>[] {Object.class, String.class, Object[].class};
            default -> throw new IllegalArgumentException(name);
        };
        Class<?> result = switch (name) {
            case "current" -> Function.class;
            case "carry" -> Object.class;
            default -> void.class;
        };
        try {
            return MethodHandles.lookup()
                    .findStatic(LoggingTest.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fail() throws Throwable {
        if (failure != null) {
            throw failure.get();
        }
    }

    static Function<String, Object> current() throws Throwable {
        fail();
        return current;
    }

    static Object carry(Object call) throws Throwable {
        fail();
        LOGGED.add(call + " enters");
        return "frame of " + call;
    }

    static void leave(Object frame) throws Throwable {
        LOGGED.add(frame + " is left");
        fail();
    }

    static void log(Object call, String name, double value) throws Throwable {
        fail();
        LOGGED.add(call + ": " + name + "=" + value);
    }

    static void logAt(Object call, String name, double value, long step) throws Throwable {
        fail();
        LOGGED.add(call + ": " + name + "=" + value + " at " + step);
    }

    static void record(Object call, String kind, Object[] arguments) throws Throwable {
        fail();
        LOGGED.add(call + ": " + kind + " " + Arrays.deepToString(arguments));
    }

    private static void agentIsThere() throws ReflectiveOperationException {
        setAgent(LoggingTest::handle);
    }

    private static void logAll(Run run) {
        run.log("loss", Double.NaN);
        run.log("loss", Double.POSITIVE_INFINITY, 7);
        run.log("rows", new AtomicLong(3));
        run.log("rows", new BigDecimal("2.5"), 7);
        run.log(Map.of("a", 1));
        run.log(Map.of("a", 1.5f), 7);
        run.log("phase", "fit");
        run.log("phase", "evaluate", 7);
        run.table("top", List.of("x", "y"), List.of(List.of(1, "one"), Arrays.asList(2, null)));
        run.histogram("weights", new double[] {1, 2}, 7);
    }

    private static void logAllOfPluto() {
        Pluto.log("loss", Double.NaN);
        Pluto.log("loss", Double.POSITIVE_INFINITY, 7);
        Pluto.log("rows", new AtomicLong(3));
        Pluto.log("rows", new BigDecimal("2.5"), 7);
        Pluto.log(Map.of("a", 1));
        Pluto.log(Map.of("a", 1.5f), 7);
        Pluto.log("phase", "fit");
        Pluto.log("phase", "evaluate", 7);
        Pluto.table("top", List.of("x", "y"), List.of(List.of(1, "one"), Arrays.asList(2, null)));
        Pluto.histogram("weights", new double[] {1, 2}, 7);
    }

    private static String[] allOf(String call) {
        return new String[] {
            call + ": loss=NaN",
            call + ": loss=Infinity at 7",
            call + ": rows=3.0",
            call + ": rows=2.5 at 7",
            call + ": a=1.0",
            call + ": a=1.5 at 7",
            call + ": text [phase, fit]",
            call + ": text [phase, evaluate, 7]",
            call + ": table [top, [x, y], [[1, one], [2, null]]]",
            call + ": histogram [weights, [1.0, 2.0], 7]"
        };
    }

    @Test
    void what_is_logged_arrives_with_the_run_s_handle() throws ReflectiveOperationException {
        agentIsThere();
        logAll(new BridgedRun(CALL));
        assertThat(LOGGED).containsExactly(allOf("run"));
    }

    @Test
    void pluto_logs_to_the_run_that_the_thread_means() throws ReflectiveOperationException {
        agentIsThere();
        logAllOfPluto();
        assertThat(LOGGED).containsExactly(allOf("run"));
    }

    @Test
    void of_a_thread_that_means_no_single_run_the_agent_hears_all_the_same() throws ReflectiveOperationException {
        agentIsThere();
        current = null;
        logAllOfPluto();
        logAll(Pluto.current());
        assertThat(LOGGED).hasSize(20).startsWith(allOf("null")).endsWith(allOf("null"));
    }

    @Test
    void what_is_null_is_nothing() throws ReflectiveOperationException {
        agentIsThere();
        Map<String, Number> values = new LinkedHashMap<>();
        values.put("none", null);
        values.put(null, 1);
        values.put("some", 2);
        Run run = Pluto.current();
        run.log("loss", (Number) null);
        run.log("loss", (Number) null, 7);
        run.log((Map<String, Number>) null);
        run.log("phase", (String) null);
        run.log("phase", (String) null, 7);
        run.table("top", null, List.of());
        run.table("top", List.of(), null);
        run.histogram("weights", null, 7);
        run.log(values);
        assertThat(LOGGED).containsExactly("run: some=2.0");
    }

    private static final class Unreadable extends Number {

        @Override
        public int intValue() {
            throw new AssertionError("asked for its value");
        }

        @Override
        public long longValue() {
            return intValue();
        }

        @Override
        public float floatValue() {
            return intValue();
        }

        @Override
        public double doubleValue() {
            return intValue();
        }
    }

    private static <T> Map<String, T> unreadableMap() {
        return new AbstractMap<>() {
            @Override
            public Set<Map.Entry<String, T>> entrySet() {
                throw new AssertionError("asked for its entries");
            }
        };
    }

    @Test
    void P1_an_object_of_the_program_that_throws_is_a_lost_value_and_keeps_no_other_from_being_logged()
            throws ReflectiveOperationException {
        agentIsThere();
        Map<String, Number> values = new LinkedHashMap<>();
        values.put("first", new Unreadable());
        values.put("second", 2);
        Run run = Pluto.current();
        run.log(values);
        run.log(values, 7);
        run.log("third", new Unreadable());
        run.log(unreadableMap());
        assertThat(LOGGED)
                .containsExactly(
                        "run: unreadable []",
                        "run: second=2.0",
                        "run: unreadable []",
                        "run: second=2.0 at 7",
                        "run: unreadable []",
                        "run: unreadable []");
    }

    @Test
    void P1_a_map_with_other_things_than_numbers_throws_nothing() throws ReflectiveOperationException {
        agentIsThere();
        @SuppressWarnings({"unchecked", "rawtypes"}) // as a program may do that knows better
        Map<String, Number> texts = (Map) Collections.singletonMap("phase", "fit");
        Pluto.log(texts);
        assertThat(LOGGED).containsExactly("run: unreadable []");
    }

    @Test
    void P1_a_failure_of_the_agent_is_not_thrown_into_the_program() throws ReflectiveOperationException {
        agentIsThere();
        Run run = Pluto.current();
        Runnable task = run.wrap((Runnable) () -> LOGGED.add("task"));
        List<Supplier<Throwable>> failures =
                List.of(StackOverflowError::new, OutOfMemoryError::new, IllegalStateException::new, Throwable::new);
        for (Supplier<Throwable> thrown : failures) {
            failure = thrown;
            assertThatCode(() -> logAll(run)).doesNotThrowAnyException();
            assertThatCode(LoggingTest::logAllOfPluto).doesNotThrowAnyException();
            assertThatCode(task::run).doesNotThrowAnyException();
        }
        assertThat(LOGGED).containsExactly("task", "task", "task", "task");
    }

    @Test
    void a_run_is_carried_around_a_task_that_throws_too() throws ReflectiveOperationException {
        agentIsThere();
        IllegalStateException thrown = new IllegalStateException();
        Runnable task = Pluto.current().wrap((Runnable) () -> {
            throw thrown;
        });
        assertThatCode(task::run).isSameAs(thrown);
        assertThat(LOGGED).containsExactly("run enters", "frame of run is left");
    }

    @Test
    void without_an_agent_nothing_happens_and_no_object_is_asked_for_its_value() {
        Run run = Pluto.current();
        assertThatCode(() -> {
                    logAll(run);
                    logAllOfPluto();
                    run.log("loss", new Unreadable());
                    run.log("loss", new Unreadable(), 7);
                    run.log(LoggingTest.<Number>unreadableMap());
                    Pluto.log(LoggingTest.<Number>unreadableMap(), 7);
                })
                .doesNotThrowAnyException();
        assertThat(LOGGED).isEmpty();
    }
}
