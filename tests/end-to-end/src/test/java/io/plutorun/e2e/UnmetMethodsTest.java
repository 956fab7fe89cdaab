package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations of the user's own in {@code PLUTO_METHODS}, and what is told of entries that have met no method. */
class UnmetMethodsTest {

    private static final Path CLASSES = new Sources()
            .file("com/acme/Marks.java", """
                    package com.acme;

                    import java.lang.annotation.Retention;
                    import java.lang.annotation.RetentionPolicy;

                    public class Marks {
                        @Retention(RetentionPolicy.RUNTIME)
                        public @interface Seen {}

                        /** In class files, and not at run time. */
                        public @interface InClassFiles {}

                        @Retention(RetentionPolicy.SOURCE)
                        public @interface InSources {}
                    }
                    """)
            .file("com/acme/Experiment.java", """
                    package com.acme;

                    public @interface Experiment {
                        String value() default "";
                    }
                    """)
            .file("com/acme/Trainer.java", """
                    package com.acme;

                    public class Trainer {
                        @Experiment("a")
                        public static void annotated() {
                            System.out.println("annotated");
                        }

                        @Marks.Seen
                        public static void seen() {
                            System.out.println("seen");
                        }

                        @Marks.InClassFiles
                        public static void inClassFiles() {
                            System.out.println("in class files");
                        }

                        @Marks.InSources
                        public static void inSources() {
                            System.out.println("in sources");
                        }

                        public static void train() {
                            System.out.println("trained");
                        }
                    }
                    """)
            .file("com/acme/other/Heir.java", """
                    package com.acme.other;

                    public class Heir extends com.acme.Trainer {}
                    """)
            .file("com/acme/Main.java", """
                    package com.acme;

                    public class Main {
                        public static void main(String[] args) {
                            Trainer.annotated();
                            Trainer.seen();
                            Trainer.inClassFiles();
                            Trainer.inSources();
                            Trainer.train();
                            new com.acme.other.Heir();
                        }
                    }
                    """)
            .file("org/gradle/launcher/daemon/bootstrap/GradleDaemon.java", """
                    package org.gradle.launcher.daemon.bootstrap;

                    public class GradleDaemon {
                        public static void main(String[] args) {
                            com.acme.Main.main(args);
                        }
                    }
                    """)
            .options("--release", "17")
            .compile();

    private static final String STDOUT = "annotated\nseen\nin class files\nin sources\ntrained\n";

    private static Program program(String main, String methods) {
        return Program.of(main).classPath(CLASSES).env("PLUTO_METHODS", methods);
    }

    private static List<String> told(Result result) {
        assertThat(result.stdout()).isEqualTo(STDOUT);
        assertThat(result.otherLines()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result.agentLines().stream()
                .filter(line -> !line.startsWith("pluto: run "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void methods_that_bear_an_annotation_of_the_users_own_are_tracked(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(
                            "com.acme.Main",
                            "@com.acme.Experiment; @com.acme.Marks.Seen; @com.acme.Marks$InClassFiles; @com.acme.Marks.InSources")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(pluto.runs())
                    .extracting(FakeRun::name)
                    .containsExactly("Trainer.annotated", "Trainer.seen", "Trainer.inClassFiles");
            assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
            assertThat(told(result))
                    .containsExactly(
                            "pluto: PLUTO_METHODS: nothing was met that \"@com.acme.Marks.InSources\" names; an"
                                    + " annotation is seen on methods of classes that are loaded, where its retention is not SOURCE");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void where_a_run_was_made_each_entry_that_met_nothing_is_told_once_with_the_nearest_names(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program(
                            "com.acme.Main",
                            "com.acme.Trainer#train; com.acme.Trianer#train; com.acme.deep.Trainer#train;"
                                    + " com.acme.Train*#trian; org.nowhere.Forest#fit; com.acme.Trainer#anotated")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(pluto.runs()).extracting(FakeRun::name).containsExactly("Trainer.train");
            assertThat(told(result))
                    .containsExactly(
                            "pluto: com.acme.Trainer does not declare \"com.acme.Trainer#anotated\", so it is not tracked;"
                                    + " the nearest that it declares: annotated",
                            "pluto: PLUTO_METHODS: nothing was met that \"com.acme.Trianer#train\" names; the nearest that"
                                    + " was: com.acme.Trainer",
                            "pluto: PLUTO_METHODS: nothing was met that \"com.acme.deep.Trainer#train\" names; the nearest"
                                    + " that was: com.acme.Trainer",
                            "pluto: PLUTO_METHODS: nothing was met that \"com.acme.Train*#trian\" names; the nearest that"
                                    + " was: com.acme.Trainer#train",
                            "pluto: PLUTO_METHODS: nothing was met that \"org.nowhere.Forest#fit\" names; no class was"
                                    + " loaded whose name is near");
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_program_of_the_same_package_in_which_nothing_was_met_says_so_at_its_end(Jdk jdk) {
        Result result =
                program("com.acme.Main", "com.acme.Trianer#train").on(jdk).run();
        assertThat(told(result))
                .containsExactly(
                        "pluto: PLUTO_METHODS: nothing was met that \"com.acme.Trianer#train\" names; the nearest"
                                + " that was: com.acme.Trainer");

        Path log = Directories.fresh().resolve("pluto.log");
        Path jar = Jars.of(Map.of("Main-Class", "com.acme.Main"), CLASSES);
        Result ofJar = Program.command("-jar", jar.toString())
                .on(jdk)
                .property("pluto.methods", "com.acme.Trianer#train")
                .env("PLUTO_LOG_FILE", log.toString())
                .run();
        assertThat(told(ofJar)).isEmpty();
        assertThat(log)
                .hasContent("pluto: system property pluto.methods: nothing was met that \"com.acme.Trianer#train\""
                        + " names; the nearest that was: com.acme.Trainer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.acme.Trianer#train", // other people's program
                "**.Trianer#train",
                "Trainer#train"
            })
    void in_other_programs_nothing_is_told(String methods) {
        assertThat(program("com.acme.Main", methods).run().stderr()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLUTO_ENABLED=false", "PLUTO_MODE=noop"})
    void nor_where_the_agent_is_to_do_nothing(String setting) {
        String[] parts = setting.split("=", 2);
        assertThat(program("com.acme.Main", "com.acme.Trianer#train")
                        .env(parts[0], parts[1])
                        .run()
                        .stderr())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void nor_in_a_build_tool_that_loads_the_programs_classes(Jdk jdk) {
        Result result = program("org.gradle.launcher.daemon.bootstrap.GradleDaemon", "com.acme.Trianer#train")
                .on(jdk)
                .run();
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).isEqualTo(STDOUT);
    }
}
