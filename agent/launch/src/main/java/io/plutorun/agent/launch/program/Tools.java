package io.plutorun.agent.launch.program;

/**
 * The programs that nobody means by "my program": tools of the JDK, build tools with their daemons and workers, test runners, editors'
 * helpers, and the workers of a cluster, whose program is the driver.
 */
final class Tools {

    /** How the names of their main classes begin. */
    private static final String[] PREFIXES = {
        "io.plutorun.agent.", // the agent's own command line
        // the JDK
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "com.sun.",
        // Maven, with Surefire and Failsafe; Gradle; Ant; Bazel; Buck
        "org.apache.maven.",
        "org.codehaus.plexus.classworlds.",
        "org.codehaus.classworlds.",
        "org.mvndaemon.",
        "org.gradle.",
        "worker.org.gradle.",
        "org.apache.tools.ant.",
        "org.apache.ivy.",
        "com.google.devtools.",
        "com.google.testing.junit.",
        "io.bazel.",
        "com.facebook.buck.",
        // Scala's, Kotlin's and Groovy's compilers, shells and build tools
        "xsbt.boot.",
        "sbt.",
        "scala.tools.",
        "scala.cli.",
        "scala.meta.",
        "dotty.tools.",
        "bloop.",
        "coursier.",
        "mill.main.",
        "mill.launcher.",
        "mill.daemon.",
        "mill.runner.",
        "org.jetbrains.kotlin.",
        "org.codehaus.groovy.tools.",
        "groovy.ui.",
        "leiningen.",
        // editors: their own JVMs, builders and test runners
        "com.intellij.",
        "org.jetbrains.idea.",
        "org.jetbrains.jps.",
        "org.jetbrains.plugins.",
        "org.eclipse.core.",
        "org.eclipse.equinox.",
        "org.eclipse.jdt.",
        "com.microsoft.java.",
        "org.netbeans.",
        // test runners and benchmarks
        "org.junit.",
        "org.testng.",
        "org.scalatest.",
        "org.specs2.",
        "org.pitest.",
        "org.openjdk.jmh.",
        // clusters: executors, masters, command lines. Of Spark all but its examples, which are programs
        "org.apache.spark.",
        "org.apache.hadoop.",
        "org.apache.hive.",
    };

    private static final String SPARK_EXAMPLES = "org.apache.spark.examples.";

    /** Starts another JVM for the program, and that one is tracked. */
    private static final String CAPSULE = "Capsule";

    private Tools() {}

    /** Whether a main class is a tool's. */
    static boolean include(String mainClass) {
        if (mainClass.startsWith(SPARK_EXAMPLES)) {
            return false;
        }
        for (String prefix : PREFIXES) {
            if (mainClass.startsWith(prefix)) {
                return true;
            }
        }
        return mainClass.equals(CAPSULE);
    }
}
