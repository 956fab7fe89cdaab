package io.plutorun.agent.autolog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameworkVersionTest {

    @ParameterizedTest
    @CsvSource({
        "file:/lib/xgboost4j_2.12-3.0.4.jar, 3.0.4",
        "jar:file:/app.jar!/BOOT-INF/lib/xgboost4j-spark_2.13-1.7.3-SNAPSHOT.jar!/, 1.7.3-SNAPSHOT",
        "jar:nested:/app.jar/!BOOT-INF/lib/api-0.38.0.jar!/ai/djl/Model.class, 0.38.0",
        "file:/lib/log4j-1.2-api-2.17.jar, 1.2-api-2.17",
        "file:/lib/training.jar,",
        "file:/classes/,",
        "file:x.jar,"
    })
    void it_stands_in_the_name_of_the_jar(String location, String version) {
        assertThat(FrameworkVersion.inJarName(location)).isEqualTo(version);
    }
}
