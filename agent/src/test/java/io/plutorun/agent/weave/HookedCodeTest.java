package io.plutorun.agent.weave;

import static io.plutorun.agent.weave.Weaving.call;
import static io.plutorun.agent.weave.Weaving.callOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plutorun.agent.hook.Hook.Moment;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stub.test.PlutoBridge;

/** What a hooked method does, with a stub in the bridge's place. */
class HookedCodeTest {

    private static final Weaving ENTRY = Weaving.ofHooks(Weaving.everyMethod(Moment.ENTRY));
    private static final Weaving EXIT = Weaving.ofHooks(Weaving.everyMethod(Moment.EXIT));
    private static final Weaving BOTH = Weaving.ofHooks(Weaving.everyMethod(Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS));

    /** Tracked methods, whose calls are told too. */
    private static final Weaving TRACKED =
            Weaving.ofAnnotatedWith(Weaving.everyMethod(Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS));

    @BeforeEach
    void forget() {
        PlutoBridge.reset();
    }

    private static Class<?> programs(Weaving weaving) throws IOException {
        return weaving.load(Weaving.classFile(HookedPrograms.class));
    }

    private static Class<?> annotated(Weaving weaving) throws IOException {
        return weaving.load(Weaving.classFile(Programs.class));
    }

    /** The calls of the bridge, without the methods' numbers. */
    private static List<String> calls() {
        return PlutoBridge.CALLS.stream()
                .map(line -> line.startsWith("hook") || line.startsWith("enter")
                        ? line.substring(0, line.indexOf(' '))
                        : line)
                .toList();
    }

    @Test
    void an_entry_is_told_with_arguments_of_every_type() throws Throwable {
        int[] array = {1};
        call(annotated(ENTRY), "allTypes", true, (byte) 1, 'c', (short) 2, 3, Long.MAX_VALUE, 1.5f, 2.5, null, array);
        assertThat(PlutoBridge.arguments)
                .containsExactly(true, (byte) 1, 'c', (short) 2, 3, Long.MAX_VALUE, 1.5f, 2.5, null, array);
        assertThat(PlutoBridge.self).isNull();
        assertThat(calls()).containsExactly("hookEntry");
    }

    @Test
    void a_result_of_every_type_is_boxed_and_returned_as_it_is() throws Throwable {
        Class<?> programs = programs(EXIT);
        Map<String, Object> results = Map.of(
                "booleanOf",
                true,
                "byteOf",
                (byte) -1,
                "charOf",
                'c',
                "shortOf",
                (short) -2,
                "intOf",
                Integer.MIN_VALUE,
                "longOf",
                Long.MIN_VALUE,
                "floatOf",
                1.5f,
                "doubleOf",
                -2.5,
                "arrayOf",
                new int[] {1});
        for (Map.Entry<String, Object> result : results.entrySet()) {
            PlutoBridge.reset();
            assertThat(call(programs, result.getKey(), result.getValue())).isEqualTo(result.getValue());
            assertThat(PlutoBridge.result).isEqualTo(result.getValue());
            assertThat(calls()).containsExactly("hookExit");
        }
    }

    @Test
    void the_exit_of_a_method_that_returns_nothing_is_told_without_a_result() throws Throwable {
        Class<?> programs = annotated(EXIT);
        call(programs, "nothing");
        call(programs, "none");
        assertThat(PlutoBridge.result).isNull();
        assertThat(calls()).containsExactly("hookExit", "hookExit");
    }

    @Test
    void at_the_exit_the_arguments_are_those_of_the_entry() throws Throwable {
        List<Object> log = new ArrayList<>();
        assertThat(call(programs(BOTH), "reassigned", 4L, "text", log)).isEqualTo(8L);
        assertThat(PlutoBridge.arguments).containsExactly(4L, "text", log);
        assertThat(PlutoBridge.result).isEqualTo(8L);
        assertThat(log).containsExactly("text changed");
        assertThat(calls()).containsExactly("hookEntry", "hookExit");
    }

    @Test
    void also_where_it_throws() throws Throwable {
        Class<?> programs = programs(BOTH);
        List<Object> log = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> call(programs, "reassigned", 60L, "text", log));
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("text changed");
        assertThat(PlutoBridge.THROWN).singleElement().isSameAs(thrown);
        assertThat(PlutoBridge.arguments).containsExactly(60L, "text", log);
        assertThat(PlutoBridge.result).isNull();
        assertThat(calls()).containsExactly("hookEntry", "hookExit");
    }

    @Test
    void arguments_that_nobody_asks_for_are_not_kept() throws Throwable {
        assertThat(call(programs(EXIT), "longOf", 7L)).isEqualTo(7L);
        assertThat(PlutoBridge.arguments).isNull();
    }

    @Test
    void P1_the_exception_is_the_same_object_and_is_told_once() throws Throwable {
        for (Weaving weaving : List.of(EXIT, BOTH)) {
            Class<?> programs = annotated(weaving);
            for (Throwable thrown : List.of(new IOException("mine"), new OutOfMemoryError("mine"), new Throwable())) {
                PlutoBridge.reset();
                assertThat(catchThrowable(() -> call(programs, "fails", thrown)))
                        .isSameAs(thrown);
                assertThat(PlutoBridge.THROWN).singleElement().isSameAs(thrown);
                assertThat(calls())
                        .endsWith("hookExit")
                        .filteredOn("hookExit"::equals)
                        .hasSize(1);
            }
        }
    }

    @Test
    void an_exception_that_the_method_catches_itself_is_none() throws Throwable {
        Class<?> programs = annotated(EXIT);
        assertThat(call(programs, "mended", 0)).isEqualTo("try+caught");
        assertThat(PlutoBridge.result).isEqualTo("try+caught");
        assertThat(call(programs, "mended", 1)).isEqualTo("try");
        assertThat(PlutoBridge.result).isEqualTo("try");
        assertThat(PlutoBridge.THROWN).isEmpty();
        assertThat(catchThrowable(() -> call(programs, "mended", 2))).hasMessage("not mended");
        assertThat(calls()).containsExactly("hookExit", "hookExit", "hookExit");
    }

    @Test
    void the_receiver_is_told_at_the_entry_and_at_the_exit() throws Throwable {
        for (Weaving weaving : List.of(ENTRY, EXIT, BOTH)) {
            PlutoBridge.reset();
            Object instance = weaving.load(Weaving.classFile(HookedPrograms.Instance.class))
                    .getConstructor()
                    .newInstance();
            assertThat(callOn(instance, "itself", "other", 2.5)).isSameAs(instance);
            assertThat(PlutoBridge.self).isSameAs(instance);
        }
        assertThat(PlutoBridge.arguments).containsExactly("other", 2.5);
    }

    @Test
    void also_where_the_body_uses_its_variable_for_something_else() throws Throwable {
        Object instance =
                BOTH.load(MadeClasses.overwritingThis()).getConstructor().newInstance();
        assertThat(callOn(instance, "run", 5)).isEqualTo(5);
        assertThat(PlutoBridge.self).isSameAs(instance);
        assertThat(catchThrowable(() -> callOn(instance, "run", 0))).isInstanceOf(NullPointerException.class);
        assertThat(PlutoBridge.self).isSameAs(instance);
        assertThat(PlutoBridge.arguments).containsExactly(0);
        assertThat(calls()).containsExactly("hookEntry", "hookExit", "hookEntry", "hookExit");
    }

    @Test
    void bodies_in_an_interface_are_hooked() throws Throwable {
        Class<?> shape = BOTH.load(Weaving.classFile(HookedPrograms.Shape.class));
        Object implementing = Proxy.newProxyInstance(
                shape.getClassLoader(), new Class<?>[] {shape}, InvocationHandler::invokeDefault);
        assertThat(shape.getMethod("twice", int.class).invoke(implementing, 4)).isEqualTo(8);
        assertThat(PlutoBridge.self).isSameAs(implementing);
        assertThat(call(shape, "thrice", 4)).isEqualTo(12);
        assertThat(PlutoBridge.self).isNull();
        assertThat(calls()).containsExactly("hookEntry", "hookExit", "hookEntry", "hookExit");
    }

    @Test
    void the_arguments_of_a_varargs_method_are_its_array() throws Throwable {
        int[] numbers = {1, 2, 3};
        assertThat(call(programs(BOTH), "sum", numbers)).isEqualTo(6);
        assertThat(PlutoBridge.arguments).containsExactly(numbers);
    }

    @Test
    void a_loop_back_to_the_first_instruction_is_one_call() throws Throwable {
        assertThat(call(annotated(BOTH), "loop", 3)).isEqualTo(11);
        assertThat(PlutoBridge.arguments).containsExactly(3);
        assertThat(calls()).containsExactly("hookEntry", "hookExit");
    }

    @Test
    void a_synchronized_method_holds_its_own_lock() throws Throwable {
        List<Object> log = new ArrayList<>();
        Class<?> programs = annotated(BOTH);
        assertThat(call(programs, "locked", log)).isEqualTo(1);
        assertThat(log).containsExactly(true);
        assertThat(Thread.holdsLock(programs)).isFalse();
    }

    @Test
    void a_return_may_leave_values_on_the_operand_stack() throws Throwable {
        assertThat(call(BOTH.load(MadeClasses.returningFromDeepStack()), "run")).isEqualTo("top");
        assertThat(PlutoBridge.result).isEqualTo("top");
    }

    @Test
    void jumps_may_become_longer_than_two_bytes_can_say() throws Throwable {
        for (Weaving weaving : List.of(BOTH, TRACKED)) {
            PlutoBridge.reset();
            Class<?> type = weaving.load(MadeClasses.jumpingFar());
            assertThat(call(type, "run", 9)).isEqualTo(90);
            assertThat(call(type, "run", 50)).isEqualTo(2);
            assertThat(call(type, "run", 0)).isEqualTo(-1);
            assertThat(calls()).filteredOn("hookExit"::equals).hasSize(3);
            assertThat(PlutoBridge.THROWN).isEmpty();
        }
    }

    @Test
    void a_cancellation_at_the_entry_comes_instead_of_the_body_and_then_no_exit_is_told() throws Throwable {
        Class<?> programs = programs(BOTH);
        CancellationException cancellation = new CancellationException();
        PlutoBridge.ENTRY_CANCELLATIONS.add(cancellation);
        List<Object> log = new ArrayList<>();
        assertThat(catchThrowable(() -> call(programs, "catchesAll", 1, log))).isSameAs(cancellation);
        assertThat(log).isEmpty();
        assertThat(calls()).containsExactly("hookEntry");
    }

    @Test
    void a_cancellation_at_the_exit_reaches_the_caller_past_the_methods_own_handlers() throws Throwable {
        Class<?> type = BOTH.load(MadeClasses.returningWithinHandler());
        CancellationException cancellation = new CancellationException();
        PlutoBridge.EXIT_CANCELLATIONS.add(cancellation);
        assertThat(catchThrowable(() -> call(type, "run", 6, 3))).isSameAs(cancellation);
        assertThat(PlutoBridge.THROWN).isEmpty();
        assertThat(calls()).containsExactly("hookEntry", "hookExit");
        assertThat(call(type, "run", 6, 3)).isEqualTo(2);
        assertThat(call(type, "run", 6, 0)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_5, Opcodes.V1_6})
    void class_files_without_frames_are_hooked_too(int version) throws Throwable {
        for (Weaving weaving : List.of(BOTH, TRACKED)) {
            PlutoBridge.reset();
            Class<?> programs = weaving.load(Weaving.withoutFrames(Programs.class, version));
            assertThat(call(programs, "loop", 3)).isEqualTo(11);
            assertThat(call(programs, "mended", 0)).isEqualTo("try+caught");
            IOException exception = new IOException("mine");
            assertThat(catchThrowable(() -> call(programs, "fails", exception))).isSameAs(exception);
            assertThat(calls())
                    .filteredOn(call -> call.startsWith("hook"))
                    .containsExactly("hookEntry", "hookExit", "hookEntry", "hookExit", "hookEntry", "hookExit");
        }
    }

    @Test
    void a_method_with_subroutines_is_hooked_too() throws Throwable {
        for (Weaving weaving : List.of(BOTH, TRACKED)) {
            PlutoBridge.reset();
            Class<?> type = weaving.load(MadeClasses.withSubroutine());
            assertThat(call(type, "run", 3)).isEqualTo(4);
            assertThat(call(type, "run", -5)).isEqualTo(-1);
            assertThat(calls())
                    .filteredOn(call -> call.startsWith("hook"))
                    .containsExactly("hookEntry", "hookExit", "hookEntry", "hookExit");
        }
    }

    @Test
    void the_body_of_a_tracked_method_is_told_within_its_run() throws Throwable {
        Class<?> programs = annotated(TRACKED);
        assertThat(call(programs, "loop", 3)).isEqualTo(11);
        assertThat(calls()).containsExactly("enter", "hookEntry", "hookExit", "returned frame");
        PlutoBridge.reset();
        assertThat(call(programs, "mended", 0)).isEqualTo("try+caught");
        assertThat(PlutoBridge.result).isEqualTo("try+caught");
        assertThat(calls()).containsExactly("enter", "hookEntry", "hookExit", "returned frame");
        PlutoBridge.reset();
        int[] array = {1};
        assertThat(call(
                        programs,
                        "allTypes",
                        true,
                        (byte) 1,
                        'c',
                        (short) 2,
                        3,
                        Long.MAX_VALUE,
                        1.5f,
                        2.5,
                        null,
                        array))
                .isSameAs(array);
        assertThat(PlutoBridge.arguments)
                .containsExactly(true, (byte) 1, 'c', (short) 2, 3, Long.MAX_VALUE, 1.5f, 2.5, null, array);
    }

    @Test
    void P1_also_where_it_throws_the_same_object() throws Throwable {
        Class<?> programs = annotated(TRACKED);
        IOException exception = new IOException("mine");
        assertThat(catchThrowable(() -> call(programs, "fails", exception))).isSameAs(exception);
        assertThat(PlutoBridge.THROWN).hasSize(2).allMatch(thrown -> thrown == exception);
        assertThat(calls()).containsExactly("enter", "hookEntry", "hookExit", "threw frame");
    }

    @Test
    void also_where_it_joins_the_run_around_it_or_opens_its_own() throws Throwable {
        Class<?> programs = annotated(TRACKED);
        PlutoBridge.joined = true;
        assertThat(call(programs, "number", 5.0)).isEqualTo(2.5);
        assertThat(PlutoBridge.CALLS).last().isEqualTo("returned null");
        assertThat(calls()).containsExactly("hookEntry", "hookExit", "returned null");
        PlutoBridge.reset();
        PlutoBridge.joined = true;
        assertThat(call(programs, "opensItsOwn")).isEqualTo(1);
        assertThat(calls()).containsExactly("enter", "hookEntry", "hookExit", "returned frame");
    }

    @Test
    void a_cancellation_by_a_hook_of_a_tracked_method_ends_its_run() throws Throwable {
        Class<?> programs = annotated(TRACKED);
        CancellationException cancellation = new CancellationException();
        PlutoBridge.ENTRY_CANCELLATIONS.add(cancellation);
        assertThat(catchThrowable(() -> call(programs, "number", 5.0))).isSameAs(cancellation);
        assertThat(calls()).containsExactly("enter", "hookEntry", "threw frame");
        PlutoBridge.reset();
        PlutoBridge.EXIT_CANCELLATIONS.add(cancellation);
        assertThat(catchThrowable(() -> call(programs, "number", 5.0))).isSameAs(cancellation);
        assertThat(calls()).containsExactly("enter", "hookEntry", "hookExit", "threw frame");
        assertThat(PlutoBridge.THROWN).singleElement().isSameAs(cancellation);
    }

    @Test
    void other_methods_of_a_class_that_is_tracked_are_told_too() throws Throwable {
        Class<?> programs = Weaving.ofNamedWith("HookedPrograms#intOf", Weaving.everyMethod(Moment.ENTRY))
                .load(Weaving.classFile(HookedPrograms.class));
        call(programs, "intOf", 1);
        call(programs, "longOf", 1L);
        assertThat(calls()).containsExactly("enter", "hookEntry", "returned frame", "hookEntry");
    }
}
