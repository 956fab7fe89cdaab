package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program says of its run: config, tags and notes. */
class RunDetailsTest {

    private static final Path CLASSES = new Sources()
            .file("com/acme/Train.java", """
                    package com.acme;

                    import io.plutorun.Pluto;
                    import io.plutorun.Run;
                    import java.util.HashMap;
                    import java.util.Map;

                    public class Train {
                        static int calls;

                        static class Hyper {
                            private final double lr = 0.5;

                            public double getLr() {
                                calls++;
                                throw new IllegalStateException("a getter");
                            }

                            @Override
                            public String toString() {
                                calls++;
                                return "a text";
                            }
                        }

                        public static void main(String[] args) {
                            Run run = Pluto.current();
                            switch (args[0]) {
                                case "all" -> {
                                    run.config("epochs", 3);
                                    run.config("optimizer.name", "sgd");
                                    run.config("hyper", new Hyper());
                                    Map<String, Object> more = new HashMap<>();
                                    more.put("optimizer.momentum", 0.9);
                                    more.put("api_key", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA");
                                    more.put("none", null);
                                    run.config(more);
                                    run.config(null);
                                    run.config(null, 1);
                                    run.tag("baseline", null, " ", "group:digits");
                                    run.tag("ghp_0123456789abcdefghijABCDEFGHIJ012345");
                                    run.notes("first");
                                    run.notes("n".repeat(2000));
                                    System.out.println("calls: " + calls);
                                }
                                case "many" -> {
                                    for (int i = 0; i < 1000; i++) {
                                        run.config("key" + i, i);
                                        run.config("last", i);
                                    }
                                }
                                default -> throw new IllegalArgumentException(args[0]);
                            }
                        }
                    }
                    """)
            .classPath(Program.annotationsJar())
            .options("--release", "17")
            .compile();

    private static Program program(String what) {
        return Program.of("com.acme.Train", what)
                .classPath(CLASSES, Program.annotationsJar())
                .env("PLUTO_METHODS", "com.acme.Train#main")
                .env("PLUTO_TAGS", "nightly");
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void config_tags_and_notes_are_on_the_page_and_no_code_of_the_program_is_called(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program("all").on(jdk).against(pluto).run();

            assertThat(result.stdout()).isEqualTo("calls: 0\n");
            FakeRun run = pluto.run(1);
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.config())
                    .containsEntry("epochs", 3L)
                    .containsEntry("hyper", Map.of("lr", 0.5))
                    .containsEntry("optimizer", Map.of("name", "sgd", "momentum", 0.9))
                    .containsEntry("api_key", "[redacted]")
                    .containsEntry("none", null);
            assertThat(run.tags()).containsExactlyInAnyOrder("nightly", "baseline", "group:digits");
            assertThat(run.notes()).hasSize(1000).startsWith("nnn").endsWith("…");
            assertThat(result.agentLines())
                    .filteredOn(line -> line.contains("secret"))
                    .hasSize(1);
            assertThat(result.stderr()).doesNotContain("ghp_");
        }
    }

    @Test
    void P6_what_is_said_in_quick_succession_is_sent_together_and_all_of_it_arrives() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = program("many").against(pluto).run();

            assertThat(result.exitCode()).isZero();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).config()).hasSizeGreaterThanOrEqualTo(1001).containsEntry("last", 999L);
            assertThat(pluto.exchanges("/api/runs/config/update")).hasSizeLessThan(500);
        }
    }

    @Test
    void P6_what_is_said_offline_arrives_with_the_run() {
        Path directory = Directories.fresh();
        try (FakePluto pluto = FakePluto.start()) {
            program("all")
                    .env("PLUTO_MODE", "offline")
                    .directory(directory)
                    .against(pluto)
                    .run();
            Program.command("-jar", Program.agentJar().toString(), "sync", directory.toString())
                    .withoutAgent()
                    .against(pluto)
                    .run();

            assertThat(pluto.run(1).config()).containsEntry("epochs", 3L);
            assertThat(pluto.run(1).tags()).contains("baseline", "group:digits");
            assertThat(pluto.run(1).notes()).startsWith("nnn");
        }
    }

    @Test
    void outside_of_any_run_nothing_is_said_and_nothing_fails() {
        Result result = program("all").env("PLUTO_METHODS", "").run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.stderr()).isEmpty();
        assertThat(List.of(result.stdout())).containsExactly("calls: 0\n");
    }
}
