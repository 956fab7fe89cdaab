package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.NamedOnly;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods named in {@code PLUTO_METHODS}, in a program that has never heard of Pluto. */
class NamedMethodsTest {

    private static final String PACKAGE = "io.plutorun.e2e.programs.";

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void wildcards_and_parameter_types_choose_and_mistakes_are_told(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(NamedOnly.class)
                    .classPath(Program.programs())
                    .on(jdk)
                    .against(pluto)
                    .env(
                            "PLUTO_METHODS",
                            "com.acme.Trainer/train; **.*Only#fit*; " + PACKAGE
                                    + "NamedOnly#train(java.lang.String, int[]); " + PACKAGE + "NamedOnly$Heir#train; "
                                    + PACKAGE + "NamedOnly#trian")
                    .env("PLUTO_CAPTURE_ARGUMENTS", "true")
                    .run();

            assertThat(result.stdout()).isEqualTo("3\na\nb[1, 2]\nc\n");
            assertThat(pluto.runs())
                    .extracting(FakeRun::name)
                    .containsExactly("NamedOnly.fit", "NamedOnly.fitAll", "NamedOnly.train");
            assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
            assertThat(pluto.run(3).config()).isEqualTo(Map.of("a", "b", "b", List.of(1L, 2L)));

            assertThat(result.agentLines())
                    .filteredOn(line -> !line.startsWith("pluto: run "))
                    .containsExactly(
                            "pluto: PLUTO_METHODS: \"com.acme.Trainer/train\" is left out: '#' is missing at position 23;"
                                    + " write package.Class#method or package.Class#method(java.lang.String,int)",
                            "pluto: " + PACKAGE + "NamedOnly does not declare \"" + PACKAGE
                                    + "NamedOnly#trian\", so it is not tracked; its superclass is java.lang.Object:"
                                    + " name the class that has the method's body",
                            "pluto: " + PACKAGE + "NamedOnly$Heir does not declare \"" + PACKAGE
                                    + "NamedOnly$Heir#train\", so it is not tracked; its superclass is " + PACKAGE
                                    + "NamedOnly: name the class that has the method's body");
            assertThat(result.otherLines()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }
}
