package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent comes into a JVM that is running already. */
class AttachTest {

    /** Attaches to itself, so that nobody has to guess when it is ready. */
    private static final String PROGRAM = """
            import com.sun.tools.attach.VirtualMachine;
            import io.plutorun.Pluto;

            public class AttachesItself {
                public static void main(String[] args) throws Exception {
                    train("before");
                    VirtualMachine self = VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
                    self.loadAgent(args[0], "project=attached");
                    self.loadAgent(args[0], "project=again");
                    self.detach();
                    train("after");
                    Late.train();
                }
                @io.plutorun.PlutoRun
                static void train(String when) {
                    System.out.println(when + " " + Pluto.current().displayId().orElse("untracked"));
                }
                static class Late {
                    @io.plutorun.PlutoRun
                    static void train() {
                        System.out.println("late " + Pluto.current().displayId().orElse("untracked"));
                    }
                }
            }
            """;

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void classes_loaded_before_are_tracked_from_then_on_and_later_ones_too(Jdk jdk) {
        Path classes = new Sources()
                .file("AttachesItself.java", PROGRAM)
                .classPath(Program.annotationsJar())
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("AttachesItself", Program.agentJar().toString())
                    .classPath(classes, Program.annotationsJar())
                    .on(jdk)
                    .withoutAgent()
                    .against(pluto)
                    .property("jdk.attach.allowAttachSelf", "true")
                    .jvmOption("-XX:+EnableDynamicAgentLoading") // else Java 21 and later warn, whatever the agent
                    .run();

            assertThat(result.stdout()).isEqualTo("before untracked\nafter ATT-1\nlate ATT-2\n");
            assertThat(result.agentLines())
                    .hasSize(5)
                    .contains("pluto: the agent is attached already; it works once, this second time is ignored");
            assertThat(result.otherLines()).isEmpty();
            assertThat(pluto.runs())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED));
        }
    }
}
