package io.plutorun.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static @Nullable String ofEachName(String line) {
        Lines each = Lines.of(line.getBytes(StandardCharsets.UTF_8)).ofEachName();
        return each == null ? null : each.text();
    }

    @Test
    void a_line_with_several_names_becomes_one_for_each() {
        assertThat(ofEachName("{\"time\":1,\"step\":2,\"data\":{\"a\":0.5,\"b, \\\"c\\\\\":NaN,\"é}\":-1E9}}\n"))
                .isEqualTo("""
                        {"time":1,"step":2,"data":{"a":0.5}}
                        {"time":1,"step":2,"data":{"b, \\"c\\\\":NaN}}
                        {"time":1,"step":2,"data":{"é}":-1E9}}
                        """);
    }

    @Test
    void a_line_with_one_name_and_one_without_values_stay_as_they_are() {
        assertThat(ofEachName("{\"time\":1,\"step\":2,\"data\":{\"a\":0.5}}\n")).isNull();
        assertThat(ofEachName("{\"time\":1,\"data\":\"fit\",\"step\":2,\"dataType\":\"TEXT\",\"logName\":\"p\"}\n"))
                .isNull();
        assertThat(ofEachName("{\"time\":1,\"step\":2,\"data\":{\"a")).isNull();
    }
}
