package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.NamedOnly;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
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
            assertThat(pluto.run(3).configOfProgram()).isEqualTo(Map.of("a", "b", "b", List.of(1L, 2L)));

            assertThat(result.agentLines())
                    .filteredOn(line -> !line.startsWith("pluto: run "))
                    .containsExactly(
                            "pluto: PLUTO_METHODS: \"com.acme.Trainer/train\" is left out: '#' is missing at position 23;"
                                    + " write package.Class#method or package.Class#method(java.lang.String,int)",
                            "pluto: " + PACKAGE + "NamedOnly does not declare \"" + PACKAGE
                                    + "NamedOnly#trian\", so it is not tracked; the nearest that it declares: train",
                            "pluto: " + PACKAGE + "NamedOnly$Heir does not declare \"" + PACKAGE
                                    + "NamedOnly$Heir#train\", so it is not tracked; its superclass " + PACKAGE
                                    + "NamedOnly does, name that");
            assertThat(result.otherLines()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void what_can_not_be_tracked_is_told_once_and_runs_as_it_is(Jdk jdk) {
        Path classes = new Sources()
                .file(
                        "kotlin/coroutines/Continuation.java",
                        "package kotlin.coroutines; public interface Continuation {}")
                .file("Untrackable.java", """
                        import io.plutorun.PlutoRun;
                        import kotlin.coroutines.Continuation;

                        public class Untrackable {
                            interface Declared { @PlutoRun int train(); int named(); int matched(); }
                            static class Body implements Declared {
                                public int train() { return 1; }
                                public int named() { return 2; }
                                public int matched() { return 3; }
                            }
                            @PlutoRun
                            static Object suspend(Continuation continuation) { return 4; }

                            public static void main(String[] args) {
                                for (int i = 0; i < 2; i++) {
                                    Declared declared = new Body();
                                    System.out.println(declared.train() + " " + declared.named() + " "
                                            + declared.matched() + " " + suspend(null));
                                }
                            }
                        }
                        """)
                .classPath(Program.annotationsJar())
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("Untrackable")
                    .classPath(classes)
                    .on(jdk)
                    .against(pluto)
                    .env(
                            "PLUTO_METHODS",
                            "Untrackable$Declared#named; Untrackable$Decl*#matched; Untrackable$Body#<init>")
                    .run();

            assertThat(result.stdout()).isEqualTo("1 2 3 4\n1 2 3 4\n");
            assertThat(result.agentLines())
                    .containsExactly(
                            "pluto: PLUTO_METHODS: \"Untrackable$Body#<init>\" is left out: '<' can't stand in the method name"
                                    + " at position 73; write package.Class#method or"
                                    + " package.Class#method(java.lang.String,int)",
                            "pluto: Untrackable.suspend is not tracked: a Kotlin suspend function returns when it first"
                                    + " suspends; annotate the function that calls runBlocking",
                            "pluto: Untrackable$Declared.train is not tracked: the interface has no body for it; annotate"
                                    + " it in the classes that implement it",
                            "pluto: Untrackable$Declared.named is not tracked: the interface has no body for it; annotate"
                                    + " it in the classes that implement it");
            assertThat(pluto.runs()).isEmpty();
        }
    }
}
