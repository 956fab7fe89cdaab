package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** P1: frameworks load classes in ways of their own and call methods through others; a tracked call is one run all the same. */
class FrameworksTest {

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void in_spring_boots_jar_of_jars_a_call_through_a_proxy_is_one_run(Jdk jdk) throws IOException {
        Path jar = springBootJar();
        try (FakePluto pluto = FakePluto.start()) {
            Result without = springBoot(jdk, jar).withoutAgent().run();
            Result result = springBoot(jdk, jar)
                    .env("PLUTO_METHODS", "library.Kernel#fit")
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("""
                    a subclass true: advised forest of 3 by SPR-1
                    an interface true: advised boost of 5 by SPR-2
                    a library: fitted
                    jar
                    """);
            assertThat(result.stdout().replaceAll("SPR-.", "nobody")).isEqualTo(without.stdout());
            assertThat(result.otherLines()).isEqualTo(without.otherLines());
            assertCompleted(pluto, "Forest.train", "Boost.train", "Kernel.fit");
        }
    }

    /** The tracked calls inside it are part of its run. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void of_spring_boots_jar_of_jars_the_main_method_is_the_applications(Jdk jdk) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = springBoot(jdk, springBootJar())
                    .env("PLUTO_TRACK_MAIN", "true")
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("""
                    a subclass true: advised forest of 3 by PLU-1
                    an interface true: advised boost of 5 by PLU-1
                    a library: fitted
                    jar
                    """);
            assertCompleted(pluto, "App");
            PageShapes.assertFit(pluto.run(1));
            assertThat(PageShapes.requirements(pluto.run(1)))
                    .extracting(library -> library.replace("==", "-").replaceFirst(".*:", "") + ".jar")
                    .contains(fileNames(ThirdPartyJars.jars("spring-boot")))
                    .contains(fileNames(Program.annotationsJar()));
        }
    }

    private static String[] fileNames(Path... jars) {
        return Stream.of(jars).map(jar -> jar.getFileName().toString()).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void spring_boots_devtools_start_a_program_again_and_it_is_tracked_again(Jdk jdk) {
        Path[] libraries = Stream.of(
                        ThirdPartyJars.jars("spring-boot"),
                        ThirdPartyJars.jars("spring-boot-devtools"),
                        new Path[] {Program.annotationsJar()})
                .flatMap(Stream::of)
                .toArray(Path[]::new);
        Path classes = new Sources()
                .resource("devtools/Restarting.java")
                .classPath(libraries)
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("devtools.Restarting")
                    .classPath(classes)
                    .alsoOnClassPath(libraries)
                    .property("org.springframework.boot.logging.LoggingSystem", "none")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("""
                    RestartClassLoader: trained by RES-1
                    RestartClassLoader: trained by RES-2
                    """);
            assertCompleted(pluto, "Restarting.train", "Restarting.train");
        }
    }

    /** The application brings its annotations, which win over the server's: its loader asks its parent last. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_web_application_in_tomcat_is_tracked_and_leaves_nothing_behind_when_it_is_undeployed(Jdk jdk)
            throws IOException {
        Path[] libraries = with(Program.annotationsJar(), ThirdPartyJars.jars("tomcat"));
        Path server = new Sources()
                .resource("webapp/Server.java")
                .classPath(libraries)
                .compile();
        Path application = Directories.fresh();
        Path inside = application.resolve("WEB-INF");
        Files.createDirectories(inside.resolve("lib"));
        Files.copy(Program.annotationsJar(), inside.resolve("lib/annotations.jar"));
        Files.move(
                new Sources()
                        .resource("webapp/TrainServlet.java")
                        .classPath(libraries)
                        .compile(),
                inside.resolve("classes"));
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(
                            "webapp.Server",
                            application.toString(),
                            Directories.fresh().toString())
                    .classPath(server)
                    .alsoOnClassPath(libraries)
                    .jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0") // Tomcat holds some of its own softly
                    // where Tomcat looks for what an application left in threads that go on
                    .jvmOption("--add-opens", "java.base/java.lang=ALL-UNNAMED")
                    .jvmOption("--add-opens", "java.base/java.io=ALL-UNNAMED")
                    .jvmOption("--add-opens", "java.base/java.util=ALL-UNNAMED")
                    .jvmOption("--add-opens", "java.base/java.util.concurrent=ALL-UNNAMED")
                    .jvmOption("--add-opens", "java.rmi/sun.rmi.transport=ALL-UNNAMED")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("""
                    ParallelWebappClassLoader, its own annotations true, trained by WEB-1
                    ParallelWebappClassLoader, its own annotations true, trained by WEB-2
                    the first loader is collected: true
                    """);
            assertThat(result.stderr()).doesNotContain("leak", "failed to");
            assertCompleted(pluto, "TrainServlet.train", "TrainServlet.train");
        }
    }

    static Stream<Arguments> jdksAndOsgiFrameworks() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("felix", "equinox").map(framework -> Arguments.of(jdk, framework)));
    }

    /** A bundle sees {@code java.*}, and what it imports; ours imports nothing of the agent. */
    @ParameterizedTest
    @MethodSource("jdksAndOsgiFrameworks")
    void an_osgi_bundle_is_tracked_and_so_it_is_when_it_was_updated(Jdk jdk, String framework) {
        Path[] libraries = with(Program.annotationsJar(), ThirdPartyJars.jars(framework));
        Path launcher = new Sources()
                .resource("osgi/Launcher.java")
                .classPath(libraries)
                .compile();
        Path bundle = Jars.of(
                Map.of(
                        "Bundle-ManifestVersion",
                        "2",
                        "Bundle-SymbolicName",
                        "trainer",
                        "Bundle-Activator",
                        "bundle.Trainer",
                        "Bundle-ClassPath",
                        ".," + Program.annotationsJar().getFileName(),
                        "Import-Package",
                        "org.osgi.framework"),
                new Sources()
                        .resource("bundle/Trainer.java")
                        .classPath(libraries)
                        .compile(),
                Program.annotationsJar());
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(
                            "osgi.Launcher",
                            bundle.toUri().toString(),
                            Directories.fresh().toString())
                    .classPath(launcher)
                    .alsoOnClassPath(ThirdPartyJars.jars(framework))
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("""
                    trainer 3 epochs trained by OSG-1
                    trainer 3 epochs trained by OSG-2
                    started again: true
                    """);
            assertCompleted(pluto, "Trainer.train", "Trainer.train");
            assertThat(result.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_runtime_image_of_the_program_and_the_annotations_is_tracked(Jdk jdk) {
        Path module = new Sources()
                .file("module-info.java", "module trained { requires io.plutorun; }")
                .file("trained/Main.java", """
                        package trained;

                        public class Main {
                            public static void main(String[] args) {
                                System.out.println(train());
                            }
                            @io.plutorun.PlutoRun
                            private static String train() {
                                return Main.class.getModule() + ", " + io.plutorun.PlutoRun.class.getModule() + ", "
                                        + io.plutorun.Pluto.current().displayId().orElse("untracked");
                            }
                        }
                        """)
                .options(
                        "--release",
                        "17",
                        "--module-path",
                        Program.annotationsJar().toString())
                .compile();
        Path image = Directories.fresh().resolve("image");
        Result jlink = Running.start(
                        List.of(
                                jdk.home().resolve("bin/jlink").toString(),
                                "--module-path",
                                module + ":" + Program.annotationsJar(),
                                "--add-modules",
                                "trained,java.instrument", // which the JVM needs for any agent
                                "--output",
                                image.toString()),
                        Map.of(),
                        Directories.fresh())
                .await();
        assertThat(jlink.exitCode()).as(jlink.stdout() + jlink.stderr()).isZero();
        Jdk imaged = new Jdk(jdk.feature(), image);
        Result itself = Program.command("-version").withoutAgent().on(imaged).run();
        assumeTrue(
                itself.exitCode() == 0, // as with binaries for another libc
                "an image of " + jdk + " does not run on this machine: " + itself.stderr());
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.command("-m", "trained/trained.Main")
                    .on(imaged)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("module trained, module io.plutorun, PLU-1\n");
            assertThat(result.otherLines()).isEmpty();
            assertCompleted(pluto, "Main.train");
        }
    }

    /** As its plug-ins for Maven and Gradle make it. */
    private static Path springBootJar() throws IOException {
        Path[] libraries = with(Program.annotationsJar(), ThirdPartyJars.jars("spring-boot"));
        Path library =
                Jars.of(Map.of(), new Sources().resource("library/Kernel.java").compile());
        Path plain = Jars.of(
                Map.of(),
                new Sources()
                        .resource("spring/App.java")
                        .classPath(with(library, libraries))
                        .compile());
        Path jar = Directories.fresh().resolve("app.jar");
        Repackager repackager = new Repackager(plain.toFile());
        repackager.setMainClass("spring.App");
        repackager.repackage(jar.toFile(), callback -> {
            for (Path each : with(library, libraries)) {
                callback.library(new Library(each.toFile(), LibraryScope.COMPILE));
            }
        });
        return jar;
    }

    /** It logs nothing: what it logs has the time of day in it. */
    private static Program springBoot(Jdk jdk, Path jar) throws IOException {
        Path silent = Files.writeString(Directories.fresh().resolve("logging.properties"), ".level = OFF\n");
        return Program.command("-jar", jar.toString())
                .property("org.springframework.boot.logging.LoggingSystem", "none")
                .property("java.util.logging.config.file", silent.toString())
                .on(jdk);
    }

    private static void assertCompleted(FakePluto pluto, String... names) {
        assertThat(pluto.runs()).extracting(FakeRun::name).containsExactly(names);
        assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
    }

    private static Path[] with(Path first, Path... others) {
        return Stream.concat(Stream.of(first), Stream.of(others)).toArray(Path[]::new);
    }
}
