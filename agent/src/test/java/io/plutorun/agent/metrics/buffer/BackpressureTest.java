package io.plutorun.agent.metrics.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rule by which a thread waits, with nobody who makes room. The metrics thread is woken once for each park, which counts them. */
@Timeout(60)
class BackpressureTest {

    /** More than one wait, fewer than two. */
    private static final int LESS_THAN_TWO_WAITS = 40;

    private final AtomicInteger parks = new AtomicInteger();
    private final Losses losses = new Losses();
    private final MetricName name = new MetricName(1, "x", "x".getBytes(StandardCharsets.UTF_8));

    @AfterEach
    void leaveNoInterruptBehind() {
        Thread.interrupted();
    }

    private void append(ValueStore store) {
        store.append(name, Entry.VALUE, 1, 1);
    }

    /** Fills the ring until the first value finds no room. */
    private int fill(ValueStore store) {
        int kept = 0;
        while (losses.all().isEmpty()) {
            append(store);
            kept++;
        }
        return kept - 1;
    }

    @Test
    void where_nobody_makes_room_the_first_value_waits_and_no_other_one() {
        ValueStore store = new ValueStore(new Backpressure(parks::incrementAndGet, () -> true), losses);

        int kept = fill(store);
        int parksOfOneWait = parks.get();
        for (int i = 0; i < 10_000; i++) {
            append(store);
        }

        assertThat(kept).isEqualTo(store.waiting());
        assertThat(parksOfOneWait).isBetween(20, LESS_THAN_TWO_WAITS - 1);
        assertThat(parks).hasValue(parksOfOneWait);
        assertThat(losses.of(Loss.TOO_FAST)).isEqualTo(10_001);
    }

    @Test
    void a_value_waits_as_long_as_there_is_progress() {
        Backpressure[] rule = new Backpressure[1];
        rule[0] = new Backpressure(
                () -> {
                    if (parks.incrementAndGet() <= 100) {
                        rule[0].madeProgress();
                    }
                },
                () -> true);

        fill(new ValueStore(rule[0], losses));

        assertThat(parks.get()).isBetween(120, 100 + LESS_THAN_TWO_WAITS);
    }

    @Test
    void while_the_metrics_thread_does_not_wait_for_the_disk_a_value_waits_longer_but_not_for_ever() {
        Backpressure hangsLater = new Backpressure(parks::incrementAndGet, () -> parks.get() > 200);
        fill(new ValueStore(hangsLater, losses));
        assertThat(parks.getAndSet(0)).isBetween(220, 200 + LESS_THAN_TWO_WAITS);

        Losses counted = new Losses();
        ValueStore starved = new ValueStore(new Backpressure(parks::incrementAndGet, () -> false), counted);
        while (counted.all().isEmpty()) {
            append(starved);
        }
        assertThat(parks.get()).isBetween(500, 1000);
    }

    @Test
    void once_there_was_room_values_wait_again() {
        Backpressure backpressure = new Backpressure(parks::incrementAndGet, () -> true);
        ValueStore store = new ValueStore(backpressure, losses);
        fill(store);
        int parksOfOneWait = parks.getAndSet(0);

        backpressure.madeProgress();
        append(store);
        assertThat(parks).as("progress is no room").hasValue(0);

        backpressure.madeRoom();
        append(store);
        assertThat(parksOfOneWait).isBetween(20, LESS_THAN_TWO_WAITS - 1);
        assertThat(parks.get()).isBetween(20, LESS_THAN_TWO_WAITS - 1);
    }

    @Test
    void where_the_disk_refuses_or_the_limit_is_reached_nothing_waits() {
        for (Loss known : new Loss[] {Loss.DISK_REFUSED, Loss.LIMIT}) {
            Losses counted = new Losses();
            Backpressure backpressure = new Backpressure(parks::incrementAndGet, () -> true);
            backpressure.fullBecauseOf(known);
            ValueStore store = new ValueStore(backpressure, counted);
            while (counted.of(known) < 10) {
                append(store);
            }
        }

        assertThat(parks).hasValue(0);
    }

    @Test
    void an_interrupted_thread_does_not_wait_and_stays_interrupted() {
        ValueStore store = new ValueStore(new Backpressure(parks::incrementAndGet, () -> true), losses);
        Thread.currentThread().interrupt();

        fill(store);

        assertThat(parks).hasValue(0);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void a_thread_that_is_interrupted_while_it_waits_goes_on_at_once_and_stays_interrupted() {
        Backpressure backpressure = new Backpressure(
                () -> {
                    if (parks.incrementAndGet() == 5) {
                        Thread.currentThread().interrupt();
                    }
                },
                () -> true);
        ValueStore store = new ValueStore(backpressure, losses);

        fill(store);

        assertThat(parks).hasValue(5);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        Thread.interrupted();
        append(store);
        assertThat(parks).as("it had not given up for the others").hasValueGreaterThan(5);
    }

    @Test
    void a_permit_that_the_program_meant_for_a_park_of_its_own_is_not_used_up() {
        ValueStore store = new ValueStore(new Backpressure(parks::incrementAndGet, () -> true), losses);
        LockSupport.unpark(Thread.currentThread());

        fill(store);
        assertThat(parks).hasValueGreaterThan(0);

        LockSupport.park(); // for ever, without the permit
    }
}
