package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** {@code PLUTO_TRACK_MAIN}: the main method of a program that has never heard of Pluto is one run, however the program is started. */
class MainMethodTest {

    /** The first JDK whose launcher starts a {@code main} that is no {@code static} one without being asked to. */
    private static final int INSTANCE_MAINS = 25;

    /** Ends as its first argument says. */
    private static final String TRAIN = """
            package com.acme;

            public class Train {
                public static void main(String[] args) {
                    System.out.println("trained " + String.join(" ", args));
                    switch (args.length == 0 ? "" : args[0]) {
                        case "throw" -> throw new IllegalStateException("diverged");
                        case "exit" -> System.exit(3);
                        case "again" -> {
                            Train.main(new String[0]);
                            Other.main(new String[0]);
                        }
                        default -> {}
                    }
                }
            }

            class Other {
                public static void main(String[] args) {
                    System.out.println("other");
                }
            }
            """;

    private static final Path CLASSES = compiled("com/acme/Train.java", TRAIN);

    private static Path compiled(String path, String text) {
        return new Sources().file(path, text).options("--release", "17").compile();
    }

    /** The only run that a program makes. */
    private static FakeRun run(Program program, int exitCode, String stdout) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    program.env("PLUTO_TRACK_MAIN", "true").against(pluto).run();

            assertThat(result.stdout()).isEqualTo(stdout);
            assertThat(result.exitCode()).as(result.stderr()).isEqualTo(exitCode);
            assertThat(pluto.runs()).as(result.stderr()).hasSize(1);
            return pluto.run(1);
        }
    }

    private static void assertCompleted(String name, Program program, String stdout) {
        FakeRun run = run(program, 0, stdout);
        assertThat(run.name()).isEqualTo(name);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_main_method_of_a_class_is_one_run_whatever_it_calls(Jdk jdk) {
        Program program =
                Program.of("com.acme.Train", "again").classPath(CLASSES).on(jdk);
        assertCompleted("Train", program, "trained again\ntrained \nother\n");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void an_exception_and_an_exit_code_are_its_verdict(Jdk jdk) {
        FakeRun thrown =
                run(Program.of("com.acme.Train", "throw").classPath(CLASSES).on(jdk), 1, "trained throw\n");
        assertThat(thrown.status()).isEqualTo(RunStatus.FAILED);
        assertThat(thrown.statusMetadata().toString()).contains("diverged");

        FakeRun exited =
                run(Program.of("com.acme.Train", "exit").classPath(CLASSES).on(jdk), 3, "trained exit\n");
        assertThat(exited.status()).isEqualTo(RunStatus.FAILED);
        assertThat(exited.statusMetadata().toString()).contains("exit_code=3");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_jar_tells_its_main_class(Jdk jdk) {
        Path jar = Jars.named("my training.jar", Map.of("Main-Class", "com.acme.Train"), CLASSES);
        assertCompleted(
                "Train", Program.command("-jar", jar.toString(), "a", "b").on(jdk), "trained a b\n");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_module_tells_its_main_class_on_the_command_line_or_in_its_descriptor(Jdk jdk) {
        Path module = new Sources()
                .file("module-info.java", "module com.acme {}")
                .file("com/acme/Train.java", TRAIN)
                .options("--release", "17")
                .compile();
        Program named = Program.command("-p", module.toString(), "-m", "com.acme/com.acme.Train", "a");
        assertCompleted("Train", named.on(jdk), "trained a\n");

        Path jar = Directories.fresh().resolve("train.jar");
        Result made = Running.start(
                        List.of(
                                Jdk.current().home().resolve("bin/jar").toString(),
                                "--create",
                                "--file",
                                jar.toString(),
                                "--main-class",
                                "com.acme.Train",
                                "-C",
                                module.toString(),
                                "."),
                        Map.of(),
                        Directories.fresh())
                .await();
        assertThat(made.exitCode()).as(made.stderr()).isZero();
        assertCompleted(
                "Train",
                Program.command("-p", jar.toString(), "-m", "com.acme", "a").on(jdk),
                "trained a\n");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_source_file_that_the_launcher_compiles_is_a_program(Jdk jdk) throws IOException {
        Path source = Directories.fresh().resolve("com/acme/Train.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, TRAIN);
        assertCompleted(
                "Train", Program.command(source.toString(), "again").on(jdk), "trained again\ntrained \nother\n");
    }

    static Stream<Arguments> withInstanceMains() {
        return Jdk.all().stream()
                .filter(jdk -> jdk.feature() >= INSTANCE_MAINS)
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "class Train { void main() { System.out.println(\"trained\"); } }"),
                        Arguments.of(jdk, "class Train { static void main() { System.out.println(\"trained\"); } }"),
                        Arguments.of(
                                jdk,
                                "class Train { void main(String[] args) { main(); } void main() {"
                                        + " System.out.println(\"trained\"); } }"),
                        Arguments.of(
                                jdk,
                                "class Train extends Base {} class Base { void main() {"
                                        + " System.out.println(\"trained\"); } }"),
                        Arguments.of(jdk, "void main() { IO.println(\"trained\"); }")));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withInstanceMains")
    void a_main_method_may_be_an_objects_and_take_nothing(Jdk jdk, String text) throws IOException {
        Path source = Files.writeString(Directories.fresh().resolve("Train.java"), text);
        assertCompleted("Train", Program.command(source.toString()).on(jdk), "trained\n");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void an_inherited_main_method_is_the_programs_and_the_run_has_the_programs_name(Jdk jdk) {
        Path classes = compiled("com/acme/Train.java", """
                package com.acme;

                public class Train extends Base {
                    public static void main() {
                        throw new AssertionError("not what the JVM starts");
                    }
                }

                class Base {
                    public static void main(String[] args) {
                        System.out.println("inherited");
                    }
                }
                """);
        assertCompleted("Train", Program.of("com.acme.Train").classPath(classes).on(jdk), "inherited\n");
    }

    /** As Kotlin compiles {@code fun main()} of a file: what the JVM starts is synthetic, and calls what the user wrote. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_main_method_that_a_compiler_made_is_the_programs(Jdk jdk) throws IOException {
        Path classes = compiled("TrainKt.java", """
                public final class TrainKt {
                    public static void main() {
                        System.out.println("trained");
                    }

                    public static void main(String[] args) {
                        main();
                    }
                }
                """);
        makeSynthetic(classes.resolve("TrainKt.class"), "([Ljava/lang/String;)V");
        assertCompleted("TrainKt", Program.of("TrainKt").classPath(classes).on(jdk), "trained\n");
    }

    private static void makeSynthetic(Path classFile, String descriptor) throws IOException {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(Files.readAllBytes(classFile))
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String its, String signature, String[] exceptions) {
                                return super.visitMethod(
                                        its.equals(descriptor) ? access | Opcodes.ACC_SYNTHETIC : access,
                                        name,
                                        its,
                                        signature,
                                        exceptions);
                            }
                        },
                        0);
        Files.write(classFile, writer.toByteArray());
    }

    /** As Scala compiles an object: what the JVM starts forwards to the object's own method. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_forwarder_to_an_object_of_scala_and_the_object_are_one_run(Jdk jdk) {
        Path classes = new Sources()
                .file("com/acme/Train.java", """
                        package com.acme;

                        public final class Train {
                            public static void main(String[] args) {
                                Train$.MODULE$.main(args);
                            }
                        }
                        """)
                .file("com/acme/Train$.java", """
                        package com.acme;

                        public final class Train$ {
                            public static final Train$ MODULE$ = new Train$();

                            public void main(String[] args) {
                                System.out.println("trained");
                            }
                        }
                        """)
                .options("--release", "17")
                .compile();
        assertCompleted("Train", Program.of("com.acme.Train").classPath(classes).on(jdk), "trained\n");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void of_spark_submit_the_users_class_is_the_program(Jdk jdk) {
        Path classes = new Sources()
                .file("com/acme/Train.java", TRAIN)
                .file("org/apache/spark/deploy/SparkSubmit.java", """
                        package org.apache.spark.deploy;

                        public class SparkSubmit {
                            public static void main(String[] args) {
                                com.acme.Train.main(new String[] {"by", "spark"});
                            }
                        }
                        """)
                .options("--release", "17")
                .compile();
        assertCompleted(
                "Train",
                Program.of(
                                "org.apache.spark.deploy.SparkSubmit",
                                "--name",
                                "a training",
                                "--class",
                                "com.acme.Train",
                                "train.jar",
                                "by",
                                "spark")
                        .classPath(classes)
                        .on(jdk),
                "trained by spark\n");
    }

    @ParameterizedTest
    @CsvSource({"PLUTO_RUN_NAME, nightly, nightly", "PLUTO_RUN_NAME, '${class}.${method}', Train.main"})
    void a_setting_gives_the_run_another_name(String variable, String value, String name) {
        assertCompleted(name, Program.of("com.acme.Train").classPath(CLASSES).env(variable, value), "trained \n");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void tracked_methods_that_it_calls_are_part_of_its_run(Jdk jdk) {
        Path classes = compiled("com/acme/Train.java", """
                package com.acme;

                public class Train {
                    public static void main(String[] args) {
                        fit();
                    }

                    static void fit() {
                        System.out.println("fitted");
                    }
                }
                """);
        assertCompleted(
                "Train",
                Program.of("com.acme.Train")
                        .classPath(classes)
                        .env("PLUTO_METHODS", "com.acme.Train#fit; com.acme.Train#main")
                        .on(jdk),
                "fitted\n");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_launcher_that_does_not_tell_what_it_starts_is_told_and_is_no_run(Jdk jdk) {
        Path classes = compiled("org/springframework/boot/loader/JarLauncher.java", """
                package org.springframework.boot.loader;

                public class JarLauncher {
                    public static void main(String[] args) {
                        System.out.println("launched");
                    }
                }
                """);
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("org.springframework.boot.loader.JarLauncher")
                    .classPath(classes)
                    .on(jdk)
                    .env("PLUTO_TRACK_MAIN", "true")
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("launched\n");
            assertThat(result.stderr())
                    .isEqualTo(
                            "pluto: PLUTO_TRACK_MAIN: which class org.springframework.boot.loader.JarLauncher starts is"
                                    + " not known, so its main method is not tracked; name it in PLUTO_METHODS\n");
            assertThat(pluto.exchanges()).isEmpty();
        }
    }
}
