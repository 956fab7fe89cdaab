package io.plutorun.agent.launch.program;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainClassTest {

    private static final String NONE = "none";
    private static final String UNKNOWN = "unknown";

    private final Path directory;

    MainClassTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** The internal name of the main class; or what there is instead. */
    private static String main(@Nullable MainClass main) {
        if (main == null) {
            return NONE;
        }
        if (main.silentLauncher() != null) {
            return UNKNOWN + " of " + main.silentLauncher();
        }
        return main.isOfSource() ? "source" : String.join(",", main.internalNames());
    }

    private static String ofCommand(String command) {
        return main(MainClass.of(command, "classes:lib/a.jar", null));
    }

    private Path jar(String name, String... attributes) throws IOException {
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest(attributes))) {
            out.finish();
        }
        return jar;
    }

    private static Manifest manifest(String... attributes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < attributes.length; i += 2) {
            manifest.getMainAttributes().putValue(attributes[i], attributes[i + 1]);
        }
        return manifest;
    }

    private static String ofJar(Path jar) {
        return main(MainClass.of(jar + " --epochs 3", jar.toString(), null));
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Train, com/acme/Train",
        "com.acme.Train --class com.acme.Other x.jar, com/acme/Train",
        "com/acme/Train, com/acme/Train", // the JDK's launcher takes that too
        "Train, Train",
        "TrainKt 3, TrainKt",
        "com.acme.Outer$Train, com/acme/Outer$Train"
    })
    void the_first_word_is_the_main_class(String command, String main) {
        assertThat(ofCommand(command)).isEqualTo(main);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sun.security.tools.keytool.Main -list",
                "com.sun.tools.javac.Main Train.java",
                "jdk.jshell.execution.RemoteExecutionControl 1234",
                "org.codehaus.plexus.classworlds.launcher.Launcher verify",
                "org.apache.maven.wrapper.MavenWrapperMain verify",
                "org.apache.maven.surefire.booter.ForkedBooter /tmp x y",
                "org.mvndaemon.mvnd.common.DaemonRegistry",
                "org.gradle.wrapper.GradleWrapperMain build",
                "org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.10",
                "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1'",
                "org.apache.tools.ant.launch.Launcher -f build.xml",
                "com.google.devtools.build.buildjar.BazelJavaBuilder",
                "com.google.testing.junit.runner.BazelTestRunner",
                "xsbt.boot.Boot compile",
                "sbt.ForkMain 127.0.0.1",
                "bloop.BloopServer",
                "org.jetbrains.kotlin.daemon.KotlinCompileDaemon",
                "org.jetbrains.jps.cmdline.BuildMain",
                "com.intellij.rt.junit.JUnitStarter -junit5",
                "com.intellij.rt.execution.CommandLineWrapper /tmp/cp com.intellij.rt.junit.JUnitStarter",
                "org.eclipse.jdt.internal.junit.runner.RemoteTestRunner -port 1",
                "org.eclipse.equinox.launcher.Main",
                "org.junit.platform.console.ConsoleLauncher execute",
                "org.scalatest.tools.Runner",
                "org.pitest.mutationtest.execute.MutationTestMinion",
                "org.openjdk.jmh.runner.ForkedMain",
                "org.apache.spark.executor.CoarseGrainedExecutorBackend --driver-url x",
                "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend",
                "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend",
                "org.apache.spark.deploy.master.Master",
                "org.apache.spark.deploy.yarn.ExecutorLauncher --arg x",
                "org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit --class com.acme.Train x.jar",
                "org.apache.hadoop.mapred.YarnChild",
                "io.plutorun.agent.launch.Main sync",
                "Capsule"
            })
    void tools_have_none(String command) {
        assertThat(ofCommand(command)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.gradle.Train",
                "sbtools.Train",
                "org.apache.Train",
                "org.apache.spark.examples.SparkPi 10",
                "javax2.Train",
                "CapsuleNet"
            })
    void a_program_whose_name_is_only_like_a_tools_is_no_tool(String command) {
        assertThat(ofCommand(command)).isEqualTo(command.replace(" 10", "").replace('.', '/'));
    }

    @Test
    void a_jvm_without_a_command_line_has_none() {
        assertThat(main(MainClass.of(null, "", null))).isEqualTo(NONE);
        assertThat(main(MainClass.of("", "", null))).isEqualTo(NONE);
    }

    @Test
    void a_jar_names_it_in_its_manifest() throws IOException {
        assertThat(ofJar(jar("train.jar", "Main-Class", "com.acme.Train"))).isEqualTo("com/acme/Train");
        assertThat(ofJar(jar("with blanks.jar", "Main-Class", "com.acme.Train ")))
                .isEqualTo("com/acme/Train");
        assertThat(ofJar(jar("none.jar"))).isEqualTo(NONE);
    }

    @Test
    void a_jar_of_a_tool_has_none() throws IOException {
        assertThat(ofJar(jar("surefirebooter1.jar", "Main-Class", "org.apache.maven.surefire.booter.ForkedBooter")))
                .isEqualTo(NONE);
        assertThat(ofJar(jar("pluto-agent.jar", "Main-Class", "io.plutorun.agent.launch.Main")))
                .isEqualTo(NONE);
    }

    @Test
    void a_directory_of_classes_that_is_called_as_its_main_class_is_no_jar() {
        assertThat(main(MainClass.of("Train 3", "Train", null))).isEqualTo("Train");
    }

    @ParameterizedTest
    @CsvSource({
        "org.springframework.boot.loader.launch.JarLauncher, Start-Class",
        "org.springframework.boot.loader.JarLauncher, Start-Class",
        "org.springframework.boot.loader.WarLauncher, Start-Class",
        "org.eclipse.jdt.internal.jarinjarloader.JarRsrcLoader, Rsrc-Main-Class",
        "com.simontuffs.onejar.Boot, One-Jar-Main-Class"
    })
    void the_launcher_of_a_jar_of_jars_is_told_it_in_the_manifest(String launcher, String attribute)
            throws IOException {
        Path jar = jar("app.jar", "Main-Class", launcher, attribute, "com.acme.Train");
        assertThat(ofJar(jar)).isEqualTo("com/acme/Train");
        assertThat(main(MainClass.of(launcher, jar.toString(), null)))
                .as("on the class path")
                .isEqualTo("com/acme/Train");
        assertThat(ofJar(jar("tool.jar", "Main-Class", launcher, attribute, "org.gradle.Main")))
                .isEqualTo(NONE);
        assertThat(ofJar(jar("silent.jar", "Main-Class", launcher))).isEqualTo(UNKNOWN + " of " + launcher);
    }

    @Test
    void a_jar_of_jars_may_be_unpacked() throws IOException {
        Path unpacked = Files.createDirectories(directory.resolve("unpacked/META-INF"));
        try (OutputStream out = Files.newOutputStream(unpacked.resolve("MANIFEST.MF"))) {
            manifest("Start-Class", "com.acme.Train").write(out);
        }
        assertThat(main(MainClass.of(
                        "org.springframework.boot.loader.launch.JarLauncher",
                        "absent:" + directory.resolve("unpacked"),
                        null)))
                .isEqualTo("com/acme/Train");
    }

    @ParameterizedTest
    @CsvSource({
        "com.intellij.rt.execution.application.AppMainV2 com.acme.Train 3, com/acme/Train",
        "com.intellij.rt.execution.CommandLineWrapper /tmp/idea_classpath com.acme.Train 3, com/acme/Train",
        "org.jetbrains.kotlin.runner.Main -cp a.jar TrainKt -cp, TrainKt",
        "org.jetbrains.kotlin.runner.Main, none",
        "scala.tools.nsc.MainGenericRunner -classpath classes com.acme.Train 3, com/acme/Train",
        "dotty.tools.MainGenericRunner -usejavacp Train, Train",
        "scala.tools.nsc.MainGenericRunner train.scala, unknown of scala.tools.nsc.MainGenericRunner",
        "com.intellij.rt.execution.application.AppMainV2, unknown of com.intellij.rt.execution.application.AppMainV2"
    })
    void a_launcher_may_be_told_it_on_the_command_line(String command, String main) {
        assertThat(ofCommand(command)).isEqualTo(main);
    }

    @ParameterizedTest
    @CsvSource({
        "--master yarn --class com.acme.Train train.jar --class other, com/acme/Train",
        "--class=com.acme.Train train.jar, com/acme/Train",
        "--name My Nightly Train --conf spark.a=b --class com.acme.Train s3a://jars/train.jar, com/acme/Train",
        "--class org.apache.spark.examples.SparkPi examples.jar, org/apache/spark/examples/SparkPi",
        "--class org.apache.spark.repl.Main --name Spark shell spark-shell, none",
        "--deploy-mode cluster --class com.acme.Train train.jar, none",
        "--master local train.py --class x, none",
        "pyspark-shell, none",
        "--status driver-1, none",
        "--master yarn s3a://jars/train.jar, unknown of org.apache.spark.deploy.SparkSubmit"
    })
    void of_spark_submit_it_is_the_users_class(String arguments, String main) {
        assertThat(ofCommand("org.apache.spark.deploy.SparkSubmit " + arguments))
                .isEqualTo(main);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.spark.deploy.SparkSubmit --master local /jobs/train.py --class x, train",
        "org.apache.spark.deploy.SparkSubmit --name PySparkShell pyspark-shell, pyspark-shell",
        "org.apache.spark.deploy.SparkSubmit --deploy-mode cluster train.py, none",
        "org.apache.spark.deploy.SparkSubmit --class com.acme.Train train.jar other.py, none",
        "com.acme.Train train.py, none",
        "'', none"
    })
    void a_driver_of_python_is_called_as_its_script(String command, String name) {
        assertThat(main(MainClass.ofPythonDriver(command))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.spark.sql.connect.service.SparkConnectServer, true",
        "org.apache.spark.deploy.SparkSubmit --class org.apache.spark.sql.connect.service.SparkConnectServer x.jar, true",
        "com.acme.Train org.apache.spark.sql.connect.service.SparkConnectServer, false",
        "org.apache.spark.deploy.SparkSubmit --class com.acme.Train x.jar, false"
    })
    void a_connect_server_is_known_by_its_main_class(String command, boolean isOne) {
        assertThat(SparkPrograms.isConnectServer(Arrays.asList(command.split(" "))))
                .isEqualTo(isOne);
    }

    @Test
    void of_spark_submit_it_may_stand_in_the_jar() throws IOException {
        Path jar = jar("train.jar", "Main-Class", "com.acme.Train");
        for (String path : new String[] {jar.toString(), "file:" + jar, "file://" + jar, "local:" + jar}) {
            assertThat(ofCommand("org.apache.spark.deploy.SparkSubmit --verbose --name My App --master=local " + path
                            + " 3"))
                    .isEqualTo("com/acme/Train");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.spark.deploy.yarn.ApplicationMaster --class com.acme.Train --jar x.jar, com/acme/Train",
        "org.apache.spark.deploy.yarn.ApplicationMaster, none",
        "org.apache.spark.deploy.worker.DriverWrapper spark://w:1 /x.jar com.acme.Train 3, com/acme/Train",
        "org.apache.spark.deploy.worker.DriverWrapper, none"
    })
    void drivers_in_a_cluster_have_it_too(String command, String main) {
        assertThat(ofCommand(command)).isEqualTo(main);
    }

    @Test
    void hadoops_jar_command_reads_the_jar_first() throws IOException {
        String hadoop = "org.apache.hadoop.util.RunJar ";
        assertThat(ofCommand(hadoop + jar("a.jar", "Main-Class", "com.acme.Train") + " com.acme.Argument"))
                .isEqualTo("com/acme/Train");
        assertThat(ofCommand(hadoop + jar("b.jar") + " com.acme.Train 3")).isEqualTo("com/acme/Train");
    }

    @Test
    void a_module_names_it() {
        assertThat(main(MainClass.of("trained/com.acme.Train 3", "", "trained")))
                .isEqualTo("com/acme/Train");
        assertThat(main(MainClass.of("absent 3", "", "absent"))).isEqualTo(NONE);
        assertThat(main(MainClass.of("jdk.jartool/sun.tools.jar.Main --list", "", "jdk.jartool")))
                .isEqualTo(NONE);
        assertThat(main(MainClass.of("java.base/sun.security.tools.keytool.Main", "", "java.base")))
                .isEqualTo(NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdk.compiler/com.sun.tools.javac.launcher.Main Train.java 3",
                "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher Train.java 3"
            })
    void of_a_source_it_is_the_first_class_that_the_compilers_loader_defines(String command) {
        MainClass main = requireNonNull(MainClass.of(command, "", null));
        assertThat(main(main)).isEqualTo("source");
        assertThat(main.is("com/acme/Train", MainClassTest.class.getClassLoader()))
                .isFalse();
        assertThat(main.internalNames()).isEmpty();
    }

    @Test
    void the_class_is_known_in_whatever_loader() {
        MainClass main = requireNonNull(MainClass.of("com.acme.Train", "", null));
        assertThat(main.is("com/acme/Train", new ClassLoader() {})).isTrue();
        assertThat(main.is("com/acme/Train$Step", new ClassLoader() {})).isFalse();
        main.internalNames().add("com/acme/Base"); // from which it inherits the method
        assertThat(main.is("com/acme/Base", new ClassLoader() {})).isTrue();
    }
}
