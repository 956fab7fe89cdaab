package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * P1: {@code java.lang.PlutoBridge} throws nothing into the program, also where a thread has no memory for its variables. A class of {@code
 * java.lang} can't be defined here, so it is given another name, and another {@code ThreadLocal}, each as long as its own.
 */
class PlutoBridgeTest {

    private Class<?> bridge = Object.class;

    @BeforeEach
    void load() throws Exception {
        byte[] classFile;
        try (InputStream in = ClassLoader.getSystemResourceAsStream("java/lang/PlutoBridge.class")) {
            classFile = renamed(renamed(in.readAllBytes(), "PlutoBridge"), "ThreadLocal");
        }
        bridge = new ClassLoader(PlutoBridgeTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass("stub.test.PlutoBridge", classFile, 0, classFile.length);
            }
        }.define();
    }

    private static byte[] renamed(byte[] classFile, String name) {
        byte[] before = ("java/lang/" + name).getBytes(StandardCharsets.US_ASCII);
        byte[] after = ("stub/test/" + name).getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + before.length <= classFile.length; at++) {
            if (Arrays.equals(classFile, at, at + before.length, before, 0, before.length)) {
                System.arraycopy(after, 0, classFile, at, after.length);
            }
        }
        return classFile;
    }

    @Test
    void P1_a_look_whether_a_call_is_going_on_throws_nothing() throws Exception {
        assertThat(bridge.getMethod("joined").invoke(null)).isEqualTo(false);
    }

    @Test
    void P1_to_carry_a_run_along_throws_nothing_and_neither_does_to_leave_it() throws Exception {
        Object frame = bridge.getMethod("carry", Object.class).invoke(null, "call");

        assertThat(frame).isNull();
        assertThat(bridge.getMethod("leave", Object.class).invoke(null, frame)).isNull();
    }

    @Test
    void P1_a_call_that_can_t_be_noted_in_its_thread_throws_nothing() throws Exception {
        BiFunction<Object[], Object[], Object> agent = (call, arguments) -> "pluto: must not start";
        set("enter", agent);

        assertThat(bridge.getMethod("enter", int.class, Object[].class).invoke(null, 1, new Object[0]))
                .isNull();
    }

    private void set(String name, Object function) throws Exception {
        Field field = bridge.getDeclaredField(name);
        field.setAccessible(true);
        field.set(null, function);
    }

    private void hookEntry() throws Throwable {
        call(bridge.getMethod("hookEntry", int.class, Object.class, Object[].class), 7, "self", new Object[] {1});
    }

    private void hookExit() throws Throwable {
        call(
                bridge.getMethod("hookExit", Object.class, Throwable.class, int.class, Object.class, Object[].class),
                "result",
                null,
                7,
                "self",
                new Object[] {1});
    }

    private static void call(Method method, @Nullable Object... arguments) throws Throwable {
        try {
            method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void a_hook_is_told_as_one_array_which_is_longer_at_the_exit() throws Throwable {
        List<Object[]> told = new ArrayList<>();
        Function<Object[], Object> agent = call -> told.add(call);
        set("hook", agent);
        hookEntry();
        hookExit();
        assertThat(told.get(0)).containsExactly(7, "self", new Object[] {1});
        assertThat(told.get(1)).containsExactly(7, "self", new Object[] {1}, "result", null);
        assertThat(told).hasSize(2);
    }

    @Test
    void P1_without_an_agent_a_hook_does_nothing_and_what_the_agent_throws_is_swallowed() throws Throwable {
        hookEntry();
        hookExit();
        for (Supplier<Error> failure : Arrays.<Supplier<Error>>asList(
                () -> {
                    throw new CancellationException("thrown, not returned");
                },
                OutOfMemoryError::new,
                StackOverflowError::new)) {
            Function<Object[], Object> agent = call -> {
                throw failure.get();
            };
            set("hook", agent);
            hookEntry();
            hookExit();
        }
    }

    @Test
    void a_cancellation_that_the_agent_returns_is_thrown_and_nothing_else_that_it_returns() throws Throwable {
        CancellationException cancellation = new CancellationException("in Pluto");
        Function<Object[], Object> cancelling = call -> cancellation;
        set("hook", cancelling);
        assertThatThrownBy(this::hookEntry).isSameAs(cancellation);
        assertThatThrownBy(this::hookExit).isSameAs(cancellation);
        Function<Object[], Object> other = call -> new IllegalStateException();
        set("hook", other);
        hookEntry();
        hookExit();
    }
}
