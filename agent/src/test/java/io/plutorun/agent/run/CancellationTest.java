package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.settings.Options.OnCancel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interrupts this very thread, or one that was never started: of neither can the interrupt be missed. */
class CancellationTest {

    private final List<String> exits = new ArrayList<>();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private Cancellation cancellation(OnCancel reaction) {
        return new Cancellation(reaction, () -> exits.add("exit"));
    }

    @Test
    void P5_the_thread_that_executes_the_call_is_interrupted_and_named() {
        Cancellation cancellation = cancellation(OnCancel.INTERRUPT);
        cancellation.entered(Thread.currentThread());

        assertThat(cancellation.cancel())
                .isEqualTo("its thread \"" + Thread.currentThread().getName() + "\" is interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(exits).isEmpty();
    }

    @Test
    void P1_a_thread_that_has_gone_on_to_something_else_is_not_interrupted() {
        Cancellation cancellation = cancellation(OnCancel.INTERRUPT);
        cancellation.entered(Thread.currentThread());
        cancellation.left(Thread.currentThread());

        assertThat(cancellation.cancel()).startsWith("none of its threads");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_thread_that_executes_a_call_within_a_call_of_the_run_is_interrupted_until_it_has_left_both() {
        Cancellation cancellation = cancellation(OnCancel.INTERRUPT);
        cancellation.entered(Thread.currentThread());
        cancellation.entered(Thread.currentThread());
        cancellation.left(Thread.currentThread());

        cancellation.cancel();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_thread_that_joins_the_run_behind_the_cancel_is_interrupted_as_it_begins() {
        Cancellation cancellation = cancellation(OnCancel.INTERRUPT);
        cancellation.cancel();
        assertThat(Thread.interrupted()).isFalse();
        cancellation.entered(Thread.currentThread());

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void P1_a_thread_that_lets_nobody_interrupt_it_harms_nobody() {
        Cancellation cancellation = cancellation(OnCancel.INTERRUPT);
        cancellation.entered(new Thread() {
            @Override
            public void interrupt() {
                throw new SecurityException("not me");
            }
        });
        cancellation.entered(Thread.currentThread());

        assertThat(cancellation.cancel()).startsWith("its thread ");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void where_the_user_wants_the_jvm_to_exit_it_does_and_nobody_is_interrupted() {
        Cancellation cancellation = cancellation(OnCancel.EXIT);
        cancellation.entered(Thread.currentThread());

        assertThat(cancellation.cancel()).isEqualTo("the JVM exits with code 2");
        assertThat(exits).hasSize(1);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void where_the_user_wants_a_cancel_to_be_ignored_it_is_only_noted() {
        Cancellation cancellation = cancellation(OnCancel.IGNORE);
        cancellation.entered(Thread.currentThread());

        assertThat(cancellation.cancel()).isEqualTo("the program goes on");
        assertThat(cancellation.cancel()).as("once").isNull();
        assertThat(cancellation.isCancelled()).isTrue();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(exits).isEmpty();
    }
}
