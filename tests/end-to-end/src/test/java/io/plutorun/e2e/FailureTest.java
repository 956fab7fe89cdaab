package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FileRow;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run that failed, or was stopped, tells beside its verdict. */
class FailureTest {

    private static final Path CLASSES = new Sources()
            .file("com/acme/Train.java", """
                    package com.acme;

                    import java.util.ArrayList;
                    import java.util.List;

                    public class Train {
                        public static void main(String[] args) throws Exception {
                            Thread loader = new Thread(Train::load, "loader ghp_0123456789abcdefghijABCDEFGHIJ012345");
                            loader.setDaemon(true);
                            loader.start();
                            switch (args[0]) {
                                case "throws" -> throw new IllegalStateException("diverged");
                                case "memory" -> {
                                    List<long[]> all = new ArrayList<>();
                                    while (true) {
                                        all.add(new long[1 << 18]);
                                    }
                                }
                                case "hangs" -> hang();
                                default -> {}
                            }
                        }

                        static void hang() throws InterruptedException {
                            System.err.println("it hangs");
                            synchronized (Train.class) {
                                Train.class.wait();
                            }
                        }

                        static void load() {
                            while (true) {
                                Thread.onSpinWait();
                            }
                        }
                    }
                    """)
            .options("--release", "17")
            .compile();

    private final Path directory;

    FailureTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Program program(FakePluto pluto, String how) {
        return Program.of("com.acme.Train", how)
                .classPath(CLASSES)
                .env("PLUTO_METHODS", "com.acme.Train#main")
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s")
                .directory(directory)
                .against(pluto);
    }

    private static String dump(FakePluto pluto) throws IOException {
        assertThat(pluto.files(1)).extracting(FileRow::logName).containsExactly("failure");
        assertThat(pluto.files(1)).extracting(FileRow::fileName).containsExactly("threads.txt");
        String dump = Files.readString(pluto.fileBytes(1, pluto.files(1).get(0)).orElseThrow());
        assertThat(dump)
                .contains("\"loader [redacted]\" RUNNABLE")
                .contains("at com.acme.Train.load(")
                .doesNotContain("ghp_");
        assertThat(pluto.run(1).logNames()).anyMatch(name -> name.name().equals("failure"));
        return dump;
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_run_that_fails_has_what_its_threads_did(Jdk jdk) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(pluto, "throws").on(jdk).run();

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(dump(pluto)).matches("(?s)[0-9]+ threads\n\n\"main\" [A-Z_]+, executes the run\n.*");
            assertThat(result.agentLines()).hasSize(2);
        }
    }

    @Test
    void a_run_that_hangs_and_is_terminated_shows_where_it_hung() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Running running = program(pluto, "hangs").start();
            running.awaitWords("it hangs");
            running.terminate();
            running.await();

            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.TERMINATED);
            assertThat(dump(pluto))
                    .containsPattern("\"main\" [A-Z_]+, executes the run\n")
                    .contains("at com.acme.Train.hang(");
        }
    }

    @Test
    void a_run_that_hangs_and_is_cancelled_shows_where_it_hung() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Running running = program(pluto, "hangs")
                    .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                    .start();
            running.awaitWords("it hangs");
            pluto.cancel(1);
            running.await();

            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(dump(pluto)).contains("executes the run").contains("at com.acme.Train.hang(");
        }
    }

    @Test
    void an_OutOfMemoryError_tells_the_sizes_of_the_heap_and_nothing_more_is_asked_of_the_jvm() {
        try (FakePluto pluto = FakePluto.start()) {
            program(pluto, "memory").jvmOption("-Xmx64m").run();

            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(pluto.run(1).statusMetadata()).containsEntry("exception", "java.lang.OutOfMemoryError");
            assertThat(pluto.run(1).statusMetadata().get("heap"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Long.class))
                    .containsOnlyKeys("size", "max")
                    .satisfies(heap -> assertThat(heap.get("max")).isBetween(32L << 20, 64L << 20));
            assertThat(pluto.files(1)).isEmpty();
        }
    }

    @Test
    void P6_what_the_threads_did_is_not_lost_where_the_jvm_is_killed_before_it_has_arrived() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.storage().next(new StorageFault.Stalled());
            Running running = program(pluto, "throws").start();
            pluto.await(p -> !p.storage().requests().isEmpty(), Await.LONG);
            running.kill();
            running.await();
            assertThat(pluto.storage().keys()).isEmpty();

            Result sync = Outage.sync(pluto, directory);

            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(dump(pluto)).contains("threads");
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    @Test
    void a_run_that_succeeds_has_no_such_file() {
        try (FakePluto pluto = FakePluto.start()) {
            program(pluto, "returns").run();

            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.files(1)).isEmpty();
            assertThat(List.copyOf(pluto.storage().requests())).isEmpty();
        }
    }
}
