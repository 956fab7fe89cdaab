package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "com/acme/Trainer,      com/acme/Trainer",
        "com/acme/*,            com/acme/Trainer",
        "com/acme/*Job,         com/acme/NightlyJob",
        "com/acme/*Job,         com/acme/Job",
        "com/acme/T*r,          com/acme/Trainer",
        "com/*/Trainer,         com/acme/Trainer",
        "**/Trainer,            com/acme/deep/Trainer",
        "com/**,                com/acme/deep/Trainer",
        "com/**/T*,             com/acme/deep/Trainer",
        "**,                    Trainer",
        "*$Inner,               Outer$Inner",
        "a*a*a,                 aXaXaXa",
        "*,                     ''",
        "**,                    ''",
        "*a*,                   bab",
        "**b*/c,                b/b/c",
        "a***c,                 ab/c",
        "*ab,                   aab",
    })
    void matches(String pattern, String name) {
        assertThat(Glob.matches(pattern, name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "**"})
    void P2_many_stars_take_no_longer_than_a_moment(String star) {
        StringBuilder pattern = new StringBuilder();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            pattern.append(star).append('a');
            name.append("aaaaa");
        }

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThat(Glob.matches(pattern + "b", name.toString())).isFalse();
            assertThat(Glob.matches(pattern.toString(), name.toString())).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "com/acme/Trainer,      com/acme/Trainer2",
        "com/acme/Trainer,      com/acme/Traine",
        "com/acme/Trainer,      xcom/acme/Trainer",
        "com/acme/*,            com/acme/deep/Trainer",
        "*,                     com/Trainer",
        "com/*,                 com",
        "*/Trainer,             com/acme/Trainer",
        "**/Trainer,            com/acme/MyTrainer",
        "a*b,                   a/b",
        "Trainer,               trainer",
        "'',                    a",
        "**b*c,                 b/c",
        "a*,                    b",
        "ab*,                   a",
    })
    void does_not_match(String pattern, String name) {
        assertThat(Glob.matches(pattern, name)).isFalse();
    }
}
