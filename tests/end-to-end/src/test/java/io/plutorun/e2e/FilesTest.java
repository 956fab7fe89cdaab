package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import io.plutorun.fake.FileRow;
import io.plutorun.fake.LogName;
import io.plutorun.fake.RunStatus;
import io.plutorun.fake.storage.StorageFault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that a program names are on its run's page, byte for byte, and nothing waits for them. */
class FilesTest {

    private static final Path CLASSES = new Sources()
            .file("com/acme/Train.java", """
                    package com.acme;

                    import io.plutorun.Pluto;
                    import io.plutorun.Run;
                    import java.nio.file.Files;
                    import java.nio.file.Path;

                    public class Train {
                        public static void main(String[] args) throws Exception {
                            Run run = Pluto.current();
                            for (int i = 0; i < args.length; i++) {
                                String[] words = args[i].split("=");
                                switch (words[0]) {
                                    case "file" -> run.file(Path.of(words[1]));
                                    case "model" -> run.file("model", Path.of(words[1]));
                                    case "write" -> Files.writeString(Path.of(words[1]), words.length > 2 ? words[2] : "");
                                    case "delete" -> Files.delete(Path.of(words[1]));
                                    case "await" -> {
                                        Files.createFile(Path.of("waiting-" + words[1]));
                                        while (Files.notExists(Path.of(words[1]))) {
                                            Thread.onSpinWait();
                                        }
                                    }
                                    case "forever" -> Thread.currentThread().join();
                                    default -> throw new IllegalArgumentException(args[i]);
                                }
                            }
                            run.file(null);
                            System.out.println("done");
                        }
                    }
                    """)
            .classPath(Program.annotationsJar())
            .options("--release", "17")
            .compile();

    private static final int LARGE_MIB = 200;

    private final Path directory;

    FilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Program program(FakePluto pluto, String... steps) {
        return Program.of("com.acme.Train", steps)
                .classPath(CLASSES, Program.annotationsJar())
                .env("PLUTO_METHODS", "com.acme.Train#main")
                .env("PLUTO_SHUTDOWN_TIMEOUT", "60s")
                .directory(directory)
                .against(pluto);
    }

    private Path large() throws IOException {
        Path file = directory.resolve("model.bin");
        byte[] mebibyte = new byte[1 << 20];
        Random random = new Random(7);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < LARGE_MIB; i++) {
                random.nextBytes(mebibyte);
                out.write(mebibyte);
            }
        }
        return file;
    }

    private static void assertSameBytes(FakePluto pluto, FileRow row, Path file) throws IOException {
        Path stored = pluto.fileBytes(1, row).orElseThrow();
        assertThat(Files.mismatch(stored, file)).as(row + " and " + file).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_file_that_the_program_names_is_on_its_run_s_page(Jdk jdk) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(pluto, "write=report.html=<p>good</p>", "file=report.html", "model=report.html")
                    .on(jdk)
                    .run();

            assertThat(result.stdout()).isEqualTo("done\n");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            List<FileRow> rows = pluto.files(1);
            assertThat(rows).extracting(FileRow::logName).containsExactly("report.html", "model");
            assertThat(rows).extracting(FileRow::fileName).containsOnly("report.html");
            assertThat(rows).extracting(FileRow::fileType).containsOnly("html");
            for (FileRow row : rows) {
                assertThat(row.fileSize()).isEqualTo(11);
                assertSameBytes(pluto, row, directory.resolve("report.html"));
            }
            assertThat(pluto.run(1).logNames()).extracting(LogName::name).contains("report.html", "model");
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    @Test
    void an_empty_file_is_there_too() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(pluto, "write=_SUCCESS", "file=_SUCCESS").run();

            assertThat(pluto.files(1)).singleElement().satisfies(row -> {
                assertThat(row.logName()).isEqualTo("_SUCCESS");
                assertThat(row.fileSize()).isZero();
                assertThat(pluto.fileBytes(1, row).orElseThrow()).isEmptyFile();
            });
            assertThat(result.agentLines()).noneMatch(line -> line.contains("not uploaded"));
        }
    }

    @Test
    void each_file_that_can_not_be_uploaded_is_told() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    program(pluto, "file=a.bin", "file=b.bin", "file=c.bin").run();

            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("there is no such file"))
                    .hasSize(3);
        }
    }

    /** In a heap that holds a third of the file: it is never in memory as a whole, neither of the training nor of {@code sync}. */
    @Test
    void P6_200_MiB_arrive_whole_though_the_server_resets_half_way_and_the_training_is_killed() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Path model = large();
            pluto.storage().next(new StorageFault.Reset((LARGE_MIB / 2) << 20));
            pluto.storage().next(new StorageFault.Reset((LARGE_MIB / 4) << 20));
            pluto.storage().next(new StorageFault.Stalled());
            Running running = program(pluto, "model=model.bin", "forever")
                    .jvmOption("-Xmx64m")
                    .start();
            pluto.await(p -> p.storage().requests().size() == 3, Await.LONG);
            running.kill();
            Result killed = running.await();
            assertThat(killed.exitCode()).isEqualTo(137);
            assertThat(killed.agentLines())
                    .anyMatch(line -> line.contains("does not reach the server"))
                    .anyMatch(line -> line.contains("50 of 200 MiB of "));
            assertThat(pluto.storage().keys()).isEmpty();

            Result sync =
                    Outage.syncProgram(pluto, directory).jvmOption("-Xmx64m").run();

            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertThat(sync.toString())
                    .contains("model: 50 of 200 MiB uploaded", "model: 100 of 200 MiB", "model: 150 of 200 MiB");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(pluto.files(1)).as("one row, whose URL was kept").hasSize(1);
            assertSameBytes(pluto, pluto.files(1).get(0), model);
            assertThat(pluto.storage().requests()).hasSize(4);
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    @Test
    void P6_what_is_named_offline_is_sent_by_sync() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            program(pluto, "write=a.txt=first", "file=a.txt")
                    .env("PLUTO_MODE", "offline")
                    .run();
            assertThat(pluto.exchanges()).isEmpty();

            Result sync = Outage.sync(pluto, directory);

            assertThat(sync.exitCode()).as(sync.toString()).isZero();
            assertSameBytes(pluto, pluto.files(1).get(0), directory.resolve("a.txt"));
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    @Test
    void P4_P6_neither_the_verdict_nor_the_jvm_s_end_waits_for_a_file_and_the_next_start_sends_it() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.storage().next(new StorageFault.Stalled());
            Running running = program(pluto, "write=a.txt=first", "file=a.txt", "await=started")
                    .env("PLUTO_SHUTDOWN_TIMEOUT", "1s")
                    .start();
            pluto.await(p -> !p.storage().requests().isEmpty(), Await.LONG);
            Files.createFile(directory.resolve("started"));
            Result result = running.await();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains(
                                    "1 file of a run had not arrived when the JVM ended; send what is left" + " from ")
                            && line.endsWith("with: java -jar pluto-agent.jar sync"))
                    .hasSize(1);

            Running next = program(pluto, "await=go").start();
            pluto.await(p -> !p.storage().keys().isEmpty(), Await.LONG);
            Files.createFile(directory.resolve("go"));
            assertThat(next.await().exitCode()).isZero();

            assertSameBytes(pluto, pluto.files(1).get(0), directory.resolve("a.txt"));
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.files(1)).hasSize(1);
        }
    }

    @Test
    void P6_a_file_that_was_changed_or_removed_is_told_and_nothing_of_it_is_stored() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().next("/files", Fault.delay(Duration.ofSeconds(2)));
            Result result = program(
                            pluto,
                            "write=slow.txt=first",
                            "file=slow.txt",
                            "write=changed.txt=first",
                            "file=changed.txt",
                            "write=changed.txt=second thoughts",
                            "write=removed.txt=first",
                            "file=removed.txt",
                            "delete=removed.txt")
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.storage().keys()).singleElement().asString().endsWith("slow.txt");
            assertThat(result.agentLines())
                    .anyMatch(line -> line.matches(".*changed.txt of run .* is not uploaded: it was changed after.*"))
                    .anyMatch(
                            line -> line.matches(".*removed.txt of run .* is not uploaded: it is not there any more"));
            assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
        }
    }

    @Test
    void P6_what_is_no_file_is_told_at_once() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(pluto, "file=missing.txt", "file=folder", "file=/dev/null")
                    .run();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.files(1)).isEmpty();
            assertThat(result.agentLines())
                    .anyMatch(line -> line.contains("missing.txt") && line.endsWith("there is no such file"))
                    .anyMatch(line -> line.contains("folder") && line.contains("it is a directory"))
                    .anyMatch(line -> line.contains("/dev/null") && line.endsWith("it is no regular file"));
        }
    }

    @Test
    void two_files_of_one_name_that_differ_are_both_kept_and_the_same_one_is_sent_once() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Running running = program(
                            pluto,
                            "write=a.txt=first",
                            "model=a.txt",
                            "await=one",
                            "write=a.txt=second",
                            "model=a.txt",
                            "model=a.txt")
                    .start();
            pluto.await(p -> !p.storage().keys().isEmpty(), Await.LONG);
            Files.createFile(directory.resolve("one"));
            assertThat(running.await().exitCode()).isZero();

            assertThat(pluto.files(1)).hasSize(2);
            assertThat(pluto.files(1).get(0).fileName()).isEqualTo("a.txt");
            assertThat(pluto.files(1).get(1).fileName()).matches("a-[0-9a-f]{8}\\.txt");
            assertThat(pluto.fileBytes(1, pluto.files(1).get(0)).orElseThrow()).hasContent("first");
            assertThat(pluto.fileBytes(1, pluto.files(1).get(1)).orElseThrow()).hasContent("second");
        }
    }

    @Test
    void P6_where_a_url_has_expired_another_one_is_asked_for() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.storage().next(new StorageFault.Answered(503));
            pluto.storage().next(new StorageFault.Answered(403));
            Running running = program(pluto, "write=a.txt=first", "file=a.txt", "await=go")
                    .start();
            pluto.await(p -> !p.storage().keys().isEmpty(), Await.LONG);
            Files.createFile(directory.resolve("go"));

            assertThat(running.await().exitCode()).isZero();
            assertThat(pluto.files(1))
                    .as("the first row's bytes can't come any more")
                    .hasSize(2);
            assertThat(pluto.storage().keys()).hasSize(1);
            assertSameBytes(pluto, pluto.files(1).get(0), directory.resolve("a.txt"));
        }
    }

    @Test
    void P6_an_answer_that_is_lost_makes_no_second_row() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.storage().next(new StorageFault.AnswerLost());
            Running running = program(pluto, "write=a.txt=first", "file=a.txt", "await=go")
                    .start();
            pluto.await(p -> p.storage().requests().size() == 2, Await.LONG);
            Files.createFile(directory.resolve("go"));

            assertThat(running.await().exitCode()).isZero();
            assertThat(pluto.files(1)).hasSize(1);
            assertSameBytes(pluto, pluto.files(1).get(0), directory.resolve("a.txt"));
        }
    }

    @Test
    void what_the_settings_name_is_taken_at_the_run_s_end_whatever_its_verdict() throws IOException {
        Files.createDirectory(directory.resolve("reports"));
        Files.writeString(directory.resolve("reports/old.html"), "old");
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(pluto, "write=model.bin=weights", "write=reports/new.html=new", "fails=")
                    .env("PLUTO_FILES", "model.bin; reports/*.html;; *.none; missing.bin")
                    .run();

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.FAILED);
            assertThat(pluto.files(1))
                    .extracting(FileRow::logName)
                    .containsExactlyInAnyOrder("failure", "model.bin", "reports/new.html", "reports/old.html");
            assertThat(pluto.storage().keys()).hasSize(4);
            assertThat(result.agentLines())
                    .contains("pluto: PLUTO_FILES, *.none: no file is called so")
                    .anyMatch(line -> line.contains("missing.bin") && line.endsWith("there is no such file"));
        }
    }

    @Test
    void outside_of_any_run_nothing_happens() {
        try (FakePluto pluto = FakePluto.start()) {
            Result untracked =
                    program(pluto, "file=missing.txt").env("PLUTO_METHODS", "").run();

            assertThat(untracked.stdout()).isEqualTo("done\n");
            assertThat(untracked.stderr()).isEmpty();
        }
    }
}
