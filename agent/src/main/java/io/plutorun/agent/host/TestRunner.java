package io.plutorun.agent.host;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which test runner a JVM belongs to, by what the JVM was started with: the main class or jar in {@code sun.java.command}, or a system
 * property that only the runner sets.
 *
 * <p>Tests that a build tool runs within its own JVM are recognised only where it says so in a property, as Maven does; sbt without
 * {@code fork} does not. What stands on a thread's stack is not asked: training code may well use JUnit's assertions, and tests call it on
 * threads of its own.
 */
public final class TestRunner {

    private static final String SUREFIRE = "Maven Surefire or Failsafe";
    private static final String GRADLE = "Gradle's test worker";
    private static final String JUNIT_CONSOLE = "the JUnit console launcher";
    private static final String INTELLIJ = "IntelliJ IDEA";
    private static final String BAZEL = "Bazel";
    private static final String SBT = "sbt";
    private static final String PIT = "PIT";

    private static final Map<String, String> MAIN_CLASSES = Map.ofEntries(
            Map.entry("org.apache.maven.surefire.booter.ForkedBooter", SUREFIRE),
            Map.entry("org.junit.platform.console.ConsoleLauncher", JUNIT_CONSOLE),
            Map.entry("org.junit.runner.JUnitCore", "JUnit 4's command line"),
            Map.entry("org.testng.TestNG", "TestNG's command line"),
            Map.entry("com.intellij.rt.junit.JUnitStarter", INTELLIJ),
            Map.entry("com.intellij.rt.execution.junit.JUnitStarter", INTELLIJ),
            Map.entry("com.intellij.rt.testng.RemoteTestNGStarter", INTELLIJ),
            Map.entry("org.jetbrains.plugins.scala.testingSupport.scalaTest.ScalaTestRunner", INTELLIJ),
            Map.entry("org.eclipse.jdt.internal.junit.runner.RemoteTestRunner", "Eclipse or VS Code"),
            Map.entry("com.microsoft.java.test.runner.Launcher", "VS Code"),
            Map.entry("org.apache.tools.ant.taskdefs.optional.junit.JUnitTestRunner", "Ant"),
            Map.entry("org.apache.tools.ant.taskdefs.optional.junitlauncher.StandaloneLauncher", "Ant"),
            Map.entry("sbt.ForkMain", SBT),
            Map.entry("org.scalatest.tools.Runner", "ScalaTest's command line"),
            Map.entry("com.google.testing.junit.runner.BazelTestRunner", BAZEL),
            Map.entry("org.pitest.coverage.execute.CoverageMinion", PIT),
            Map.entry("org.pitest.mutationtest.execute.MutationTestMinion", PIT));

    /** By what the file's name begins with. */
    private static final Map<String, String> JARS =
            Map.of("surefirebooter", SUREFIRE, "junit-platform-console-standalone", JUNIT_CONSOLE);

    /** The first for Maven with {@code forkCount=0}, too. */
    private static final Map<String, String> PROPERTIES =
            Map.of("surefire.test.class.path", SUREFIRE, "org.gradle.test.worker", GRADLE);

    /** Gradle starts its compilers, and other work, with the same main class; only the name behind it tells. */
    private static final String GRADLE_WORKER = "worker.org.gradle.process.internal.worker.GradleWorkerMain";

    /** Starts the main class that stands behind it: IntelliJ's way with class paths that are too long for a command line. */
    private static final String INTELLIJ_WRAPPER = "com.intellij.rt.execution.";

    private TestRunner() {}

    /**
     * The runner's name, for a person; empty for a JVM that runs no tests, or of which this can't be told.
     *
     * @param properties from the name of a system property to its value
     */
    public static Optional<String> of(UnaryOperator<@Nullable String> properties) {
        for (Map.Entry<String, String> property : PROPERTIES.entrySet()) {
            if (properties.apply(property.getKey()) != null) {
                return Optional.of(property.getValue());
            }
        }
        String command = properties.apply("sun.java.command");
        return command == null ? Optional.empty() : Optional.ofNullable(ofCommand(command));
    }

    private static @Nullable String ofCommand(String command) {
        String[] words = command.split(" ", -1);
        String mainClass = words[0].substring(words[0].indexOf('/') + 1); // module/class
        if (mainClass.equals(GRADLE_WORKER)) {
            return command.contains("Gradle Test Executor") ? GRADLE : null;
        }
        String known = MAIN_CLASSES.get(mainClass);
        if (known == null && mainClass.startsWith(INTELLIJ_WRAPPER)) {
            for (String word : words) {
                known = known == null ? MAIN_CLASSES.get(word) : known;
            }
        }
        return known == null ? ofJar(command) : known;
    }

    private static @Nullable String ofJar(String command) {
        int end = command.indexOf(".jar");
        if (end < 0) {
            return null;
        }
        String path = command.substring(0, end);
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        for (Map.Entry<String, String> jar : JARS.entrySet()) {
            if (name.startsWith(jar.getKey())) {
                return jar.getValue();
            }
        }
        return null;
    }
}
