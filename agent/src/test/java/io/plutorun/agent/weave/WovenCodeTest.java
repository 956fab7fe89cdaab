package io.plutorun.agent.weave;

import static io.plutorun.agent.weave.Weaving.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stub.test.PlutoBridge;

/** What a woven method does, with a stub in the bridge's place. */
class WovenCodeTest {

    @BeforeEach
    void forget() {
        PlutoBridge.reset();
    }

    private static Class<?> programs() throws IOException {
        return Weaving.ofAnnotated().load(Weaving.classFile(Programs.class));
    }

    @Test
    void arguments_of_every_type_are_boxed_and_handed_over() throws Throwable {
        int[] array = {1};
        Object returned =
                call(programs(), "allTypes", true, (byte) 1, 'c', (short) 2, 3, Long.MAX_VALUE, 1.5f, 2.5, null, array);
        assertThat(PlutoBridge.arguments)
                .containsExactly(true, (byte) 1, 'c', (short) 2, 3, Long.MAX_VALUE, 1.5f, 2.5, null, array);
        assertThat(returned).isSameAs(array);
        assertThat(PlutoBridge.result).isSameAs(array);
        assertThat(PlutoBridge.CALLS).hasSize(2).last().isEqualTo("returned frame");
    }

    @Test
    void this_is_no_argument() throws Throwable {
        Class<?> type = Weaving.ofAnnotated().load(Weaving.classFile(Programs.Instance.class));
        Object instance = type.getConstructor().newInstance();
        assertThat(type.getMethod("twice", long.class, Object.class).invoke(instance, 21L, instance))
                .isEqualTo(43L);
        assertThat(PlutoBridge.arguments).containsExactly(21L, instance);
    }

    @Test
    void a_method_that_returns_nothing_or_null_or_a_number_ends_once_and_without_a_result() throws Throwable {
        Class<?> programs = programs();
        assertThat(call(programs, "nothing")).isNull();
        assertThat(PlutoBridge.CALLS).hasSize(2).last().isEqualTo("returned frame");
        assertThat(PlutoBridge.result).isNull();
        assertThat(call(programs, "none")).isNull();
        assertThat(PlutoBridge.CALLS).hasSize(4).last().isEqualTo("returned frame");
        assertThat(call(programs, "number", 5.0)).isEqualTo(2.5);
        assertThat(PlutoBridge.CALLS).hasSize(6).last().isEqualTo("returned frame");
        assertThat(PlutoBridge.result).isNull();
    }

    @Test
    void a_number_is_told_where_the_result_is_recorded() throws Throwable {
        Class<?> programs = programs();
        assertThat(call(programs, "recorded", 2, 5L)).isEqualTo(20L);
        assertThat(PlutoBridge.result).isEqualTo(20L);
        assertThat(call(programs, "recordedHalf", 5.0)).isEqualTo(2.5);
        assertThat(PlutoBridge.result).isEqualTo(2.5);
    }

    @Test
    void P1_the_exception_is_the_same_object_and_is_told_once() throws Throwable {
        Class<?> programs = programs();
        for (Throwable exception : List.of(new IOException("mine"), new OutOfMemoryError("mine"), new Throwable())) {
            PlutoBridge.reset();
            assertThat(catchThrowable(() -> call(programs, "fails", exception))).isSameAs(exception);
            assertThat(PlutoBridge.THROWN).singleElement().isSameAs(exception);
            assertThat(PlutoBridge.CALLS).hasSize(2).last().isEqualTo("threw frame");
        }
    }

    @Test
    void an_exception_that_the_method_catches_itself_is_none() throws Throwable {
        Class<?> programs = programs();
        assertThat(call(programs, "mended", 0)).isEqualTo("try+caught");
        assertThat(PlutoBridge.CALLS).hasSize(2).last().isEqualTo("returned frame");
        assertThat(PlutoBridge.result).isEqualTo("try+caught");
        assertThat(PlutoBridge.THROWN).isEmpty();
    }

    @Test
    void a_return_out_of_a_try_ends_once() throws Throwable {
        assertThat(call(programs(), "mended", 1)).isEqualTo("try");
        assertThat(PlutoBridge.CALLS).hasSize(2).last().isEqualTo("returned frame");
    }

    @Test
    void an_exception_past_a_finally_ends_once() throws Throwable {
        Class<?> programs = programs();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> call(programs, "mended", 2))
                .withMessage("not mended");
        assertThat(PlutoBridge.CALLS).hasSize(2).last().isEqualTo("threw frame");
    }

    @Test
    void a_joined_call_does_not_enter() throws Throwable {
        PlutoBridge.joined = true;
        assertThat(call(programs(), "number", 5.0)).isEqualTo(2.5);
        assertThat(PlutoBridge.CALLS).containsExactly("returned null");
        assertThat(PlutoBridge.arguments).isNull();
    }

    @Test
    void a_joined_call_that_throws_ends_nothing() throws Throwable {
        PlutoBridge.joined = true;
        IOException exception = new IOException("mine");
        Class<?> programs = programs();
        assertThat(catchThrowable(() -> call(programs, "fails", exception))).isSameAs(exception);
        assertThat(PlutoBridge.CALLS).containsExactly("threw null");
    }

    @Test
    void a_method_that_opens_a_run_of_its_own_enters_within_another() throws Throwable {
        PlutoBridge.joined = true;
        assertThat(call(programs(), "opensItsOwn")).isEqualTo(1);
        assertThat(PlutoBridge.CALLS).hasSize(2).last().isEqualTo("returned frame");
    }

    @Test
    void a_refusal_keeps_the_method_from_starting_and_nothing_ends() throws Throwable {
        PlutoBridge.refuses = true;
        List<Object> log = new ArrayList<>();
        Class<?> programs = programs();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> call(programs, "locked", log))
                .withMessage("pluto: refused");
        assertThat(log).isEmpty();
        assertThat(PlutoBridge.CALLS).hasSize(1).first().asString().startsWith("enter ");
    }

    @Test
    void a_loop_back_to_the_first_instruction_enters_once() throws Throwable {
        assertThat(call(programs(), "loop", 3)).isEqualTo(11);
        assertThat(PlutoBridge.arguments).containsExactly(3);
        assertThat(PlutoBridge.CALLS).hasSize(2);
    }

    @Test
    void a_synchronized_method_holds_its_own_lock() throws Throwable {
        List<Object> log = new ArrayList<>();
        Class<?> programs = programs();
        assertThat(call(programs, "locked", log)).isEqualTo(1);
        assertThat(log).containsExactly(true);
        assertThat(Thread.holdsLock(programs)).isFalse();
    }

    /** JVMS 2.11.8: a return discards what else is on the operand stack. */
    @Test
    void a_return_may_leave_values_on_the_operand_stack() throws Throwable {
        assertThat(call(Weaving.ofAnnotated().load(MadeClasses.returningFromDeepStack()), "run"))
                .isEqualTo("top");
        assertThat(PlutoBridge.result).isEqualTo("top");
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_5, Opcodes.V1_6})
    void class_files_without_frames_are_woven_too(int version) throws Throwable {
        Class<?> programs = Weaving.ofAnnotated().load(Weaving.withoutFrames(Programs.class, version));
        assertThat(call(programs, "loop", 3)).isEqualTo(11);
        assertThat(call(programs, "mended", 0)).isEqualTo("try+caught");
        IOException exception = new IOException("mine");
        assertThat(catchThrowable(() -> call(programs, "fails", exception))).isSameAs(exception);
        assertThat(PlutoBridge.CALLS)
                .filteredOn(call -> !call.startsWith("enter"))
                .containsExactly("returned frame", "returned frame", "threw frame");
    }
}
