package io.plutorun.agent.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryReserveTest {

    private static final long GIBIBYTE = 1L << 30;

    @ParameterizedTest
    @ValueSource(longs = {GIBIBYTE / 64, GIBIBYTE, 4 * GIBIBYTE, 16 * GIBIBYTE, 64 * GIBIBYTE, 1024 * GIBIBYTE})
    void P1_no_more_than_4_mebibytes_are_kept_back_however_large_the_heap_is(long maxHeap) {
        assertThat(filled(maxHeap).bytes()).isBetween(1L << 20, 4L << 20);
    }

    /** As {@code java -Xmx… -XX:+UseG1GC -XX:+PrintFlagsFinal -version} says on Java 17 and 25. */
    @ParameterizedTest
    @CsvSource({
        "64, 1",
        "1100, 1",
        "2048, 1",
        "2049, 2",
        "2500, 2",
        "4096, 2",
        "6028, 4",
        "9216, 8",
        "65536, 32",
        "1048576, 32"
    })
    void P6_its_pieces_are_more_than_half_a_region_of_G1(long maxHeapMebibytes, int regionMebibytes) {
        assertThat(MemoryReserve.regionBytes(maxHeapMebibytes << 20)).isEqualTo(regionMebibytes << 20);
    }

    @Test
    void it_is_given_free_for_a_want_of_memory_or_stack_alone() {
        MemoryReserve reserve = filled(GIBIBYTE);

        assertThat(reserve.releasedFor(new IllegalStateException())).isFalse();
        assertThat(reserve.bytes()).isPositive();
        assertThat(reserve.releasedFor(new StackOverflowError())).isTrue();
        assertThat(reserve.bytes()).isZero();
    }

    @Test
    void memory_that_was_wanted_before_it_was_taken_is_not_taken_any_more() {
        MemoryReserve reserve = new MemoryReserve(self -> {});
        reserve.releasedFor(new OutOfMemoryError());

        reserve.fill(GIBIBYTE);

        assertThat(reserve.bytes()).isZero();
    }

    @Test
    void it_is_filled_once_and_where_no_thread_is_allowed_for_it_the_next_time() {
        AtomicInteger attempts = new AtomicInteger();
        MemoryReserve reserve = new MemoryReserve(self -> {
            if (attempts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            self.fill(GIBIBYTE);
        });

        reserve.begin();
        assertThat(reserve.bytes()).isZero();
        reserve.begin();
        assertThat(reserve.bytes()).isPositive();
        reserve.begin();
        assertThat(attempts).hasValue(2);
    }

    private static MemoryReserve filled(long maxHeap) {
        MemoryReserve reserve = new MemoryReserve(self -> {});
        reserve.fill(maxHeap);
        return reserve;
    }
}
