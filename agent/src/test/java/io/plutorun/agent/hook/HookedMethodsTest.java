package io.plutorun.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.hook.Hook.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookedMethodsTest {

    private static final HookedMethod STEP = new HookedMethod("com.acme.Trainer", "step", "(I)I");

    private final List<String> told = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final HookedMethods methods = new HookedMethods(warnings::add);

    /** Writes down what it is told, and then does something. */
    private final class Listener implements HookListener {

        private final String name;
        private final Supplier<@Nullable CancellationException> then;

        Listener(String name, Supplier<@Nullable CancellationException> then) {
            this.name = name;
            this.then = then;
        }

        @Override
        public @Nullable CancellationException entered(HookedCall call) {
            told.add(name + " entered " + call.method().methodName() + " " + call.self() + " "
                    + Arrays.toString(call.arguments()));
            return then.get();
        }

        @Override
        public @Nullable CancellationException exited(HookedCall call) {
            told.add(name + " exited " + call.method().methodName() + " " + call.self() + " "
                    + Arrays.toString(call.arguments()) + " " + call.result() + " " + call.thrown());
            return then.get();
        }
    }

    private Hook hook(String name, Supplier<@Nullable CancellationException> then, Moment... moments) {
        return new Hook(ExactMethod.of("com.acme.Trainer", "step"), Set.of(moments), new Listener(name, then));
    }

    private int register(Hook... hooks) {
        return methods.register(new MethodHooks(STEP, List.of(hooks)));
    }

    @Test
    void each_listener_hears_what_it_has_asked_for_in_the_order_of_the_hooks() {
        int number = register(
                hook("entry", () -> null, Moment.ENTRY),
                hook("exit", () -> null, Moment.EXIT),
                hook("both", () -> null, Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS));
        methods.entered(number, "self", new Object[] {1});
        assertThat(told).containsExactly("entry entered step self [1]", "both entered step self [1]");
        told.clear();
        methods.exited(number, null, new Object[] {1}, 2, null);
        assertThat(told).containsExactly("exit exited step null [1] 2 null", "both exited step null [1] 2 null");
    }

    @Test
    void hooks_that_are_alike_in_methods_that_are_alike_have_one_number() {
        Hook hook = hook("one", () -> null, Moment.ENTRY);
        assertThat(register(hook)).isEqualTo(register(hook));
        assertThat(register(hook, hook("two", () -> null, Moment.ENTRY))).isNotEqualTo(register(hook));
    }

    @Test
    void P1_what_a_listener_throws_reaches_nobody_and_is_told_once_and_the_others_hear_of_the_call() {
        int number = register(
                hook(
                        "failing",
                        () -> {
                            throw new CancellationException("not returned");
                        },
                        Moment.ENTRY),
                hook("other", () -> null, Moment.ENTRY));
        assertThat(methods.entered(number, null, new Object[0])).isNull();
        assertThat(methods.entered(number, null, new Object[0])).isNull();
        assertThat(told).filteredOn(line -> line.startsWith("other")).hasSize(2);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("a call of com.acme.Trainer.step could not be recorded (")
                .contains("not returned");
    }

    @Test
    void the_first_that_cancels_is_obeyed_and_the_others_hear_of_the_call_all_the_same() {
        CancellationException cancellation = new CancellationException("cancelled in Pluto");
        int number = register(
                hook("first", () -> cancellation, Moment.ENTRY, Moment.EXIT),
                hook("second", () -> new CancellationException("another"), Moment.ENTRY, Moment.EXIT));
        assertThat(methods.entered(number, null, new Object[0])).isSameAs(cancellation);
        assertThat(methods.exited(number, null, null, 1, null)).isSameAs(cancellation);
        assertThat(told).hasSize(4);
    }

    @Test
    void P1_where_the_method_throws_already_its_own_exception_stays() {
        int number = register(hook("cancelling", () -> new CancellationException(), Moment.EXIT));
        assertThat(methods.exited(number, null, null, null, new IllegalStateException("its own")))
                .isNull();
        assertThat(told).hasSize(1);
    }

    @Test
    void hooked_methods_that_a_listener_calls_are_not_told_and_later_ones_are() {
        int inner = register(hook("inner", () -> null, Moment.ENTRY, Moment.EXIT));
        int outer = register(hook(
                "outer",
                () -> {
                    methods.entered(inner, null, new Object[0]);
                    return methods.exited(inner, null, null, null, null);
                },
                Moment.ENTRY));
        methods.entered(outer, null, new Object[0]);
        assertThat(told).containsExactly("outer entered step null []");
        methods.entered(inner, null, new Object[0]);
        assertThat(told).hasSize(2);
    }

    @Test
    void another_thread_is_told_meanwhile() {
        int inner = register(hook("inner", () -> null, Moment.ENTRY));
        int outer = register(hook(
                "outer",
                () -> {
                    Thread other = new Thread(() -> methods.entered(inner, null, new Object[0]));
                    other.start();
                    try {
                        other.join();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return null;
                },
                Moment.ENTRY));
        methods.entered(outer, null, new Object[0]);
        assertThat(told).containsExactly("outer entered step null []", "inner entered step null []");
        assertThat(warnings).isEmpty();
    }

    @Test
    void after_a_listener_that_threw_the_next_call_is_told() {
        int number = register(hook(
                "failing",
                () -> {
                    throw new IllegalStateException();
                },
                Moment.EXIT));
        methods.exited(number, null, null, null, null);
        methods.exited(number, null, null, null, null);
        assertThat(told).hasSize(2);
    }
}
