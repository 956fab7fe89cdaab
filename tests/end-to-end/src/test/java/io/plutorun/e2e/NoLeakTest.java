package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.DroppedLoaders;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P1: the agent keeps nothing of a program's that the program has dropped. */
class NoLeakTest {

    /** The classes alone would take 200 MiB, were they kept. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void twenty_thousand_loaders_with_a_tracked_class_come_and_go_in_a_small_jvm_and_it_ends_by_itself(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(DroppedLoaders.class.getName(), "20000", "2000")
                    .on(jdk)
                    .jvmOption("-Xmx64m", "-XX:MaxMetaspaceSize=64m")
                    .against(pluto)
                    .run();

            assertThat(result.stdout())
                    .isEqualTo("the agent's threads: some\n".repeat(10)
                            + "defined 20000\nthe last non-daemon thread ends\n");
            assertThat(result.otherLines()).isEmpty();
            assertThat(result.agentLines().stream().filter(line -> line.contains("never is not tracked: it is native")))
                    .hasSize(1);
            assertThat(pluto.runs()).hasSize(10).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
            assertThat(result.exitCode()).isZero();
        }
    }
}
