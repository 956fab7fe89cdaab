package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiFunction;
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
        Field enter = bridge.getDeclaredField("enter");
        enter.setAccessible(true);
        enter.set(null, agent);

        assertThat(bridge.getMethod("enter", int.class, Object[].class).invoke(null, 1, new Object[0]))
                .isNull();
    }
}
