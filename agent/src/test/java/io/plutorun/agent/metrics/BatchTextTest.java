package io.plutorun.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.metrics.disk.Mark.Place;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BatchTextTest {

    private static final Place END = new Place(1, 0, 0);

    private final BatchNames names = new BatchNames();

    private BatchText batch(int maxBytes) {
        return new BatchText(maxBytes, names);
    }

    private static MetricBatch finished(BatchText batch) {
        return Objects.requireNonNull(batch.finish(END));
    }

    private static String text(MetricBatch batch) {
        return new String(batch.body(), StandardCharsets.UTF_8);
    }

    @Test
    void neighbours_of_one_time_and_step_share_a_line_in_which_a_name_stands_once() {
        BatchText batch = batch(1 << 20);
        assertThat(batch.add("loss", 1000, 1, 0.5)).isTrue();
        assertThat(batch.add("lr \"é\"", 1000, 1, 1e-3)).isTrue();
        assertThat(batch.add("loss", 1000, 1, 0.25)).isTrue();
        assertThat(batch.add("loss", -5, Long.MAX_VALUE, -Double.MAX_VALUE)).isTrue();

        MetricBatch finished = finished(batch);
        assertThat(text(finished)).isEqualTo("""
                {"time":1000,"step":1,"data":{"loss":0.5,"lr \\"é\\"":0.001}}
                {"time":1000,"step":1,"data":{"loss":0.25}}
                {"time":0,"step":9223372036854775807,"data":{"loss":-1.7976931348623157E308}}
                """);
        assertThat(finished.lines()).isEqualTo(3);
        assertThat(finished.values()).isEqualTo(4);
        assertThat(finished.lastSteps()).isEqualTo(Map.of("loss", Long.MAX_VALUE, "lr \"é\"", 1L));
    }

    @Test
    void a_batch_knows_nothing_of_the_one_before() {
        BatchText first = batch(1 << 20);
        first.add("a", 1, 100, 1);
        first.add("b", 1, 100, 1);
        assertThat(finished(first).lastSteps()).isEqualTo(Map.of("a", 100L, "b", 100L));

        BatchText second = batch(1 << 20);
        second.add("c", 1, 5, 2);
        second.add("a", 1, 5, 2);
        MetricBatch finished = finished(second);
        assertThat(text(finished)).isEqualTo("{\"time\":1,\"step\":5,\"data\":{\"c\":2,\"a\":2}}\n");
        assertThat(finished.lastSteps()).isEqualTo(Map.of("a", 5L, "c", 5L));
    }

    @Test
    void a_value_for_which_there_is_no_room_is_refused_but_for_the_first() {
        BatchText batch = batch(200);
        assertThat(batch.add("x".repeat(1000), 1, 1, 1)).isTrue();
        assertThat(batch.add("y", 1, 1, 1)).isFalse();

        assertThat(finished(batch).values()).isOne();
        assertThat(batch(200).finish(END)).isNull();
    }
}
