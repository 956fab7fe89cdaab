package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.settings.UnusableSettingsException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FirstCallTest {

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_the_settings_make_impossible_is_not_tried_again() {
        AtomicInteger tries = new AtomicInteger();
        FirstCall first = new FirstCall(
                () -> {
                    tries.incrementAndGet();
                    throw new UnusableSettingsException("no such server");
                },
                false,
                why -> {},
                tracking -> {});

        assertThatThrownBy(first::tracking).isInstanceOf(UnusableSettingsException.class);
        assertThatThrownBy(first::tracking).isInstanceOf(UnusableSettingsException.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void P5_what_could_not_be_made_for_want_of_memory_is_not_half_there_and_is_tried_again() {
        AtomicInteger tries = new AtomicInteger();
        FirstCall first = new FirstCall(
                () -> {
                    tries.incrementAndGet();
                    throw new OutOfMemoryError("none left");
                },
                false,
                why -> {},
                tracking -> {});

        assertThatThrownBy(first::tracking).isInstanceOf(OutOfMemoryError.class);
        assertThat(first.ifMade()).isNull();
        assertThatThrownBy(first::tracking).isInstanceOf(OutOfMemoryError.class);
        assertThat(tries).hasValue(2);
    }

    /** A home directory on a network disk may hang when the key is read. */
    @Test
    @Timeout(30)
    void calls_wait_a_bounded_time_for_one_whose_preparation_hangs() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        FirstCall first = new FirstCall(
                () -> {
                    begun.countDown();
                    awaitQuietly(hangs);
                    throw new UnusableSettingsException("no such server");
                },
                false,
                why -> {},
                tracking -> {},
                Duration.ofMillis(10));
        Thread opener = new Thread(() -> assertThatThrownBy(first::tracking).isInstanceOf(Exception.class));
        opener.start();
        begun.await();

        assertThatThrownBy(first::tracking).isInstanceOf(UntrackableException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(first::tracking).isInstanceOf(UntrackableException.class);
        assertThat(Thread.interrupted()).isTrue();
        hangs.countDown();
        opener.join();

        assertThatThrownBy(first::tracking).isInstanceOf(UnusableSettingsException.class);
    }
}
