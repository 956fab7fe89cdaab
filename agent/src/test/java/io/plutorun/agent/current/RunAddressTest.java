package io.plutorun.agent.current;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunAddressTest {

    private static @Nullable RunAddress read(Map<String, String> texts) {
        return RunAddress.of(texts::get);
    }

    @Test
    void what_is_written_is_read() {
        RunAddress full = new RunAddress(7, "Größe, a=b", "job-1");
        RunAddress least = new RunAddress(Long.MAX_VALUE, "p", null);

        assertThat(read(full.texts())).isEqualTo(full);
        assertThat(read(least.texts())).isEqualTo(least);
        assertThat(RunAddress.KEYS)
                .containsExactlyInAnyOrderElementsOf(full.texts().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "0", "99999999999999999999"})
    void what_names_no_run_is_none(String number) {
        assertThat(read(Map.of("pluto.run", number, "pluto.project", "p"))).isNull();
    }

    @Test
    void without_a_number_or_a_project_there_is_none() {
        assertThat(read(Map.of("pluto.project", "p"))).isNull();
        assertThat(read(Map.of("pluto.run", "1"))).isNull();
    }
}
