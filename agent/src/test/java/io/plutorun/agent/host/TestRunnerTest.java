package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestRunnerTest {

    private static Optional<String> runnerOf(String command) {
        return TestRunner.of(Map.of("sun.java.command", command)::get);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/build/target/surefire/surefirebooter-20261121_3.jar /build/target/surefire 2026-jvmRun1 surefire_0tmp | Maven Surefire or Failsafe",
                "C:\\My Work\\target\\surefire\\surefirebooter17.jar C:\\My Work\\target | Maven Surefire or Failsafe",
                "org.apache.maven.surefire.booter.ForkedBooter /build/target/surefire | Maven Surefire or Failsafe",
                "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1' | Gradle's test worker",
                "org.junit.platform.console.ConsoleLauncher execute --scan-classpath | the JUnit console launcher",
                "org.junit.platform.console/org.junit.platform.console.ConsoleLauncher execute | the JUnit console launcher",
                "lib/junit-platform-console-standalone-6.1.0.jar execute -cp out | the JUnit console launcher",
                "org.junit.runner.JUnitCore com.acme.TrainerTest | JUnit 4's command line",
                "org.testng.TestNG suite.xml | TestNG's command line",
                "com.intellij.rt.junit.JUnitStarter -ideVersion5 -junit5 com.acme.TrainerTest | IntelliJ IDEA",
                "com.intellij.rt.execution.CommandLineWrapper /tmp/cp com.intellij.rt.junit.JUnitStarter -junit5 | IntelliJ IDEA",
                "com.intellij.rt.execution.application.AppMain com.intellij.rt.testng.RemoteTestNGStarter | IntelliJ IDEA",
                "org.jetbrains.plugins.scala.testingSupport.scalaTest.ScalaTestRunner -s com.acme.Spec | IntelliJ IDEA",
                "org.eclipse.jdt.internal.junit.runner.RemoteTestRunner -version 3 -port 4711 | Eclipse or VS Code",
                "com.microsoft.java.test.runner.Launcher testng com.acme.TrainerTest | VS Code",
                "org.apache.tools.ant.taskdefs.optional.junit.JUnitTestRunner com.acme.TrainerTest | Ant",
                "org.apache.tools.ant.taskdefs.optional.junitlauncher.StandaloneLauncher | Ant",
                "sbt.ForkMain 127.0.0.1 4711 | sbt",
                "org.scalatest.tools.Runner -R classes | ScalaTest's command line",
                "com.google.testing.junit.runner.BazelTestRunner | Bazel",
                "org.pitest.coverage.execute.CoverageMinion 4711 | PIT",
                "org.pitest.mutationtest.execute.MutationTestMinion 4711 | PIT",
            })
    void a_test_runner_is_known_by_what_the_jvm_was_started_with(String command, String runner) {
        assertThat(runnerOf(command)).contains(runner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Trainer",
                "com.acme.Trainer org.junit.platform.console.ConsoleLauncher",
                "com.acme.Trainer --jar surefirebooter.txt",
                "training.jar surefirebooter1.jar",
                "my-surefirebooter.jar",
                "trained/com.acme.Trainer",
                "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Worker Daemon 1'",
                "org.gradle.launcher.daemon.bootstrap.GradleDaemon 9.0",
                "org.codehaus.plexus.classworlds.launcher.Launcher exec:java",
                "com.intellij.rt.execution.application.AppMainV2 com.acme.Trainer",
                "jdk.compiler/com.sun.tools.javac.launcher.Main Train.java",
                "",
            })
    void any_other_program_is_none(String command) {
        assertThat(runnerOf(command)).isEmpty();
    }

    @Test
    void a_runner_in_the_build_tools_own_jvm_is_known_by_its_property() {
        assertThat(TestRunner.of(Map.of(
                        "sun.java.command",
                        "org.codehaus.plexus.classworlds.launcher.Launcher verify",
                        "surefire.test.class.path",
                        "/build/target/classes")::get))
                .contains("Maven Surefire or Failsafe");
        assertThat(TestRunner.of(Map.of("org.gradle.test.worker", "1")::get)).contains("Gradle's test worker");
    }

    @Test
    void a_jvm_that_does_not_tell_its_command_runs_no_tests_as_far_as_can_be_seen() {
        assertThat(TestRunner.of(name -> null)).isEmpty();
    }

    @Test
    void this_very_jvm_runs_tests() {
        assertThat(TestRunner.of(System::getProperty)).isPresent();
    }
}
