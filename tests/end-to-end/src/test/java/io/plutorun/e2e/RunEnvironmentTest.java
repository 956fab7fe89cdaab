package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a run executed and from what: the cards of its page, in the shapes that docs/pluto-api.md describes. */
class RunEnvironmentTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final Path CLASSES = compiled("trained");

    private final Path directory = Directories.fresh();

    private static Path compiled(String printed) {
        return new Sources()
                .file("com/acme/Train.java", """
                        package com.acme;

                        public class Train {
                            public static void main(String[] args) throws InterruptedException {
                                System.out.println("%s");
                                new java.util.concurrent.CountDownLatch(1).await();
                            }
                        }
                        """.formatted(printed))
                .options("--release", "17")
                .compile();
    }

    /** A repository, a GPU and a job. */
    @BeforeEach
    void surroundings() throws IOException {
        Path git = Files.createDirectories(directory.resolve(".git"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("packed-refs"), COMMIT + " refs/heads/main\n");
        Files.writeString(
                git.resolve("config"), "[remote \"origin\"]\n\turl = https://me:secret@example.com/code.git\n");
        Path command = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("nvidia-smi"), """
                #!/bin/sh
                case "$*" in
                  *driver_version*) echo "NVIDIA H200, 570.86.15, 31, 143771, 1, 0, 345" ;;
                esac
                """);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Program program(Path classes) {
        return Program.of("com.acme.Train")
                .classPath(classes)
                .alsoOnClassPath(ThirdPartyJars.jars("autolog/tribuo-4.3.2"))
                .directory(directory)
                .env("PLUTO_METHODS", "com.acme.Train#main")
                .env("PATH", directory.resolve("bin") + ":/usr/bin:/bin")
                .env("SLURM_JOB_ID", "7")
                .env("KONDUKTOR_JOB_NAME", "train")
                .env("NUM_NODES", "1")
                .env("NUM_GPUS_PER_NODE", "8");
    }

    private static FakeRun run(Program program) {
        try (FakePluto pluto = FakePluto.start()) {
            return run(program, pluto, "fingerprint");
        }
    }

    /** The run as it is when a part has come to its config. */
    private static FakeRun run(Program program, FakePluto pluto, String part) {
        Running running = program.against(pluto).start();
        pluto.await(p -> !p.runs().isEmpty() && environment(p.run(1), part) != null, Await.LONG);
        running.terminate();
        Result result = running.await();
        assertThat(result.agentLines()).as(result.stderr()).hasSize(2);
        return pluto.run(1);
    }

    /** A part of what a run has recorded, wherever it stands: what was not ready at the create is config. */
    private static Map<?, ?> recorded(FakeRun run, String part) {
        Object ofCreate = run.systemMetadata().get(part);
        return ofCreate instanceof Map<?, ?> map
                ? map
                : environment(run, part) instanceof Map<?, ?> late ? late : Map.of();
    }

    private static @Nullable Object environment(FakeRun run, String part) {
        return run.config().get("environment") instanceof Map<?, ?> environment ? environment.get(part) : null;
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void each_card_of_the_page_has_its_shape(Jdk jdk) {
        FakeRun run = run(program(CLASSES).on(jdk));

        PageShapes.assertFit(run);

        assertThat(recorded(run, "git"))
                .isEqualTo(Map.of(
                        "url",
                        "https://example.com/code.git",
                        "root",
                        directory.toString(),
                        "branch",
                        "main",
                        "commit",
                        COMMIT,
                        "diff",
                        Map.of()));
        assertThat(recorded(run, "gpu"))
                .isEqualTo(Map.of(
                        "nvidia",
                        Map.of(
                                "count",
                                1L,
                                "driver",
                                "570.86.15",
                                "devices",
                                List.of(Map.of(
                                        "name",
                                        "NVIDIA H200",
                                        "temp",
                                        31L,
                                        "pid",
                                        List.of(),
                                        "memory",
                                        Map.of("total", 143771L << 20, "used", 1L << 20),
                                        "utilization",
                                        0L,
                                        "clockSpeed",
                                        345L)))));
        assertThat(recorded(run, "konduktor"))
                .isEqualTo(Map.of("job_name", "train", "num_nodes", "1", "num_gpus_per_node", "8", "total_gpus", 8L));
        assertThat(run.tags()).contains("konduktor");
        assertThat(recorded(run, "slurm")).isEqualTo(Map.of("job_id", "7"));
        assertThat(recorded(run, "process").keySet().stream().map(String::valueOf))
                .contains("exe", "pid", "cmdline");
        Object ofCreate = run.systemMetadata().get("requirements");
        assertThat(ofCreate != null ? ofCreate : environment(run, "requirements"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .hasSize(ThirdPartyJars.jars("autolog/tribuo-4.3.2").length)
                .contains("org.tribuo:tribuo-core==4.3.2", "org.tribuo:tribuo-classification-sgd==4.3.2");
    }

    @Test
    void a_run_that_existed_before_has_its_environment_as_config() {
        try (FakePluto pluto = FakePluto.start()) {
            FakeRun first = run(program(CLASSES).env("PLUTO_EXTERNAL_ID", "nightly"), pluto, "fingerprint");
            FakeRun second = run(program(CLASSES).env("PLUTO_EXTERNAL_ID", "nightly"), pluto, "slurm");

            assertThat(environment(first, "slurm")).isNull();
            assertThat(pluto.runs()).hasSize(1);
            assertThat(environment(second, "git"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("commit", COMMIT);
        }
    }

    @Test
    void two_runs_of_one_build_have_one_fingerprint_and_another_class_or_option_has_another() {
        Object first = environment(run(program(CLASSES)), "fingerprint");
        Object again = environment(run(program(CLASSES)), "fingerprint");
        Object otherClass = environment(run(program(compiled("something else"))), "fingerprint");
        Object otherOption = environment(run(program(CLASSES).jvmOption("-Xmx200m")), "fingerprint");

        assertThat(first).isNotNull().isEqualTo(again);
        assertDiffers(first, otherClass, "program");
        assertDiffers(first, otherOption, "jvm");
    }

    private static void assertDiffers(@Nullable Object first, @Nullable Object other, String part) {
        assertThat(first).isInstanceOf(Map.class);
        assertThat(other).isInstanceOf(Map.class);
        if (first instanceof Map<?, ?> one && other instanceof Map<?, ?> two) {
            for (Object key : one.keySet()) {
                boolean differs = key.equals(part) || key.equals("all");
                assertThat(Objects.equals(two.get(key), one.get(key)))
                        .as("%s", key)
                        .isEqualTo(!differs);
            }
        }
    }
}
