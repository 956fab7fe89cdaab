package io.plutorun.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.http.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    private static Outcome<?> askedFor(Duration wait) {
        return new Outcome.Rejected<>(429, "busy", wait);
    }

    @Test
    void waits_double_from_100_ms_to_30_s_each_drawn_from_its_upper_half() {
        for (long most = 100; most < 100_000; most *= 2) {
            assertThat(backoff.next(new Outcome.Unreachable<>("away")).toMillis())
                    .isBetween(Math.min(most, 30_000) / 2, Math.min(most, 30_000));
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.next(new Outcome.Unreachable<>("away")).toMillis())
                    .isBetween(15_000L, 30_000L);
        }
    }

    @Test
    void many_clients_do_not_come_back_together() {
        assertThat(java.util.stream.IntStream.range(0, 200)
                        .mapToObj(i -> new Backoff().next(new Outcome.Unreachable<>("away")))
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void the_server_s_wish_counts_when_it_is_longer_but_not_for_ever() {
        assertThat(backoff.next(askedFor(Duration.ofSeconds(7)))).isEqualTo(Duration.ofSeconds(7));
        assertThat(backoff.next(askedFor(Duration.ofDays(9)))).isEqualTo(Duration.ofMinutes(1));
        assertThat(backoff.next(askedFor(Duration.ofSeconds(-9))).toMillis()).isBetween(200L, 400L);
        assertThat(backoff.next(askedFor(Duration.ZERO)).toMillis()).isBetween(400L, 800L);
    }
}
