package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaVersionTest {

    @ParameterizedTest
    @CsvSource({"1.8, Java 8", "9, Java 9", "11, Java 11", "16, Java 16"})
    void an_older_jvm_is_told_what_it_is_and_what_is_needed(String version, String named) {
        assertThat(JavaVersion.refusal(version))
                .contains("needs Java 17")
                .contains("this JVM is " + named + ";")
                .contains("untracked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "21", "25", "100"})
    void java_17_and_newer_will_do(String version) {
        assertThat(JavaVersion.refusal(version)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "1.", "17.0.1", "99999999999"})
    void a_version_that_is_no_number_is_given_the_benefit_of_the_doubt(String version) {
        assertThat(JavaVersion.refusal(version)).isNull();
    }

    @Test
    void so_is_a_jvm_that_does_not_tell() {
        assertThat(JavaVersion.refusal(null)).isNull();
    }
}
