package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code PLUTO_CHILDREN=join}, JVMs that a tracked method starts add values to its run. */
class JoinedChildrenTest {

    private static final Path CLASSES = new Sources()
            .file("Folds.java", """
                    import java.util.Map;

                    /** Starts a JVM for each fold, one after the other: an argument is what the child does. */
                    public class Folds {
                        public static void main(String[] children) throws Exception {
                            for (String child : children) {
                                ProcessBuilder builder = new ProcessBuilder(
                                        System.getProperty("java.home") + "/bin/java",
                                        "-cp", System.getProperty("java.class.path"), "Fold", child).inheritIO();
                                Map<String, String> before = Map.copyOf(builder.environment());
                                builder.environment().put(
                                        "JAVA_TOOL_OPTIONS", "-javaagent:" + System.getenv("AGENT") + " -Xshare:auto");
                                if (System.getenv("CHILDS_MODE") != null) {
                                    builder.environment().put("PLUTO_MODE", System.getenv("CHILDS_MODE"));
                                }
                                System.out.println("child ended with " + builder.start().waitFor());
                                builder.environment().remove("JAVA_TOOL_OPTIONS");
                                System.out.println("environment as it was: " + builder.environment().equals(before));
                            }
                        }
                    }
                    """)
            .file("Fold.java", """
                    import io.plutorun.Pluto;

                    /** One fold: what it computes is its parent's. */
                    public class Fold {
                        public static void main(String[] args) {
                            if (args[0].equals("nothing")) {
                                return;
                            }
                            if (args[0].equals("tracked")) {
                                train(args[0]);
                            }
                            Pluto.log(args[0] + "/loss", 0.5);
                            Pluto.log(args[0] + "/loss", 0.25);
                            System.out.println("active " + Pluto.current().isActive());
                            while (args[0].equals("waiting")) {
                                java.util.concurrent.locks.LockSupport.park();
                            }
                            if (args[0].equals("failing")) {
                                throw new IllegalStateException("a fold's own trouble");
                            }
                        }
                        static void train(String name) {
                            Pluto.log(name + "/inner", 1);
                        }
                    }
                    """)
            .classPath(Program.annotationsJar())
            .compile();

    private static Program folds(FakePluto pluto, String... children) {
        return Program.of("Folds", children)
                .classPath(CLASSES, Program.annotationsJar())
                .against(pluto)
                .env("AGENT", Program.agentJar().toString())
                .env("PLUTO_METHODS", "Folds#main;Fold#train")
                .env("PLUTO_SYSTEM_METRICS", "false")
                .env("PLUTO_CHILDREN", "join");
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_children_log_is_on_the_parents_one_run_which_it_alone_ends(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = folds(pluto, "first", "tracked", "failing").on(jdk).run();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(result.stdout().lines())
                    .containsExactly(
                            "active true",
                            "child ended with 0",
                            "environment as it was: true",
                            "active true",
                            "child ended with 0",
                            "environment as it was: true",
                            "active true",
                            "child ended with 1",
                            "environment as it was: true");
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(FrameworkTraining.series(pluto, "first/loss").values()).containsExactly(0.5, 0.25);
            assertThat(FrameworkTraining.series(pluto, "failing/loss").values()).containsExactly(0.5, 0.25);
            assertThat(pluto.ingested(1).metricNames())
                    .containsExactlyInAnyOrder("first/loss", "tracked/loss", "tracked/inner", "failing/loss");
            assertThat(pluto.exchanges("/api/runs/resume")).isEmpty();
        }
    }

    /** Else a job would have two runs, of which one has the values. */
    @Test
    void P4_a_child_of_a_run_that_the_server_does_not_have_opens_none_and_says_so() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().always("/api/runs/create", Fault.status(503, ""));
            Result result = folds(pluto, "tracked").run();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(result.stdout()).contains("active false", "child ended with 0");
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("the server did not have that run when this process was started"))
                    .hasSize(1);
            assertThat(pluto.exchanges("/api/runs/create"))
                    .extracting(exchange -> exchange.json().get("runName"))
                    .isNotEmpty()
                    .allMatch(name -> String.valueOf(name).contains("Folds"));
        }
    }

    @Test
    void P2_a_child_that_computes_nothing_stays_idle() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = folds(pluto, "nothing").run();

            assertThat(result.agentLines()).noneMatch(line -> line.contains("child"));
            assertThat(pluto.exchanges())
                    .extracting(exchange -> exchange.path())
                    .noneMatch(path -> path.contains("details"));
        }
    }

    /** It makes no run, so nothing would be told of it. The command is asked for the GPUs once by each process that describes itself. */
    @Test
    void where_the_child_executes_is_not_found_out() throws IOException {
        Path directory = Directories.fresh();
        Path asked = directory.resolve("asked");
        Path command = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("nvidia-smi"),
                "#!/bin/sh\necho once >> " + asked + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (FakePluto pluto = FakePluto.start()) {
            Result result = folds(pluto, "tracked", "first")
                    .env("PATH", command.getParent() + ":" + System.getenv("PATH"))
                    .run();

            assertThat(result.exitCode()).as(result.stderr()).isZero();
            assertThat(pluto.ingested(1).metricNames()).contains("first/loss");
            assertThat(asked).hasContent("once");
        }
    }

    /** The child's journal lies beside the parent's, and is younger. */
    @Test
    void P5_a_parent_that_was_killed_has_failed_also_where_a_child_had_joined_its_run() {
        Path directory = Directories.fresh();
        try (FakePluto pluto = FakePluto.start()) {
            Running parent = folds(pluto, "waiting").directory(directory).start();
            pluto.await(p -> !p.runs().isEmpty() && p.series(1, "waiting/loss").size() == 2, Await.LONG);
            List<ProcessHandle> children =
                    ProcessHandle.of(parent.pid()).orElseThrow().descendants().toList();
            assertThat(children).isNotEmpty();
            parent.kill();
            children.forEach(ProcessHandle::destroyForcibly);
            children.forEach(child -> child.onExit().join());
            parent.await();

            Result sync = Outage.syncProgram(pluto, directory).run();

            assertThat(sync.exitCode()).as(sync.stderr()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
        }
    }

    @Test
    void switched_off_a_child_records_nothing() {
        try (FakePluto pluto = FakePluto.start()) {
            folds(pluto, "first").env("CHILDS_MODE", "noop").run();

            assertThat(pluto.ingested(1).metricNames()).isEmpty();
        }
    }

    @Test
    void without_the_setting_children_are_programs_of_their_own() {
        try (FakePluto pluto = FakePluto.start()) {
            folds(pluto, "tracked").withoutEnv("PLUTO_CHILDREN").run();

            assertThat(pluto.runs()).hasSize(2);
            assertThat(pluto.ingested(1).metricNames()).isEmpty();
            assertThat(pluto.ingested(2).metricNames()).containsExactly("tracked/inner");
        }
    }

    @Test
    void a_child_of_no_run_is_a_program_of_its_own() {
        try (FakePluto pluto = FakePluto.start()) {
            folds(pluto, "tracked").env("PLUTO_METHODS", "Fold#train").run();

            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).name()).isEqualTo("Fold.train");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }
}
