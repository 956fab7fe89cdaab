package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    })
    void matches(String pattern, String name) {
        assertThat(Glob.matches(pattern, name)).isTrue();
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
    })
    void does_not_match(String pattern, String name) {
        assertThat(Glob.matches(pattern, name)).isFalse();
    }
}
