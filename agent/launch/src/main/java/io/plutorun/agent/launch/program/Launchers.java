package io.plutorun.agent.launch.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs that start another main class in the same JVM, and where each is told which one. */
final class Launchers {

    private Launchers() {}

    /**
     * The main class that a main class starts: itself where it is no launcher that is known here; empty where it does not tell which; null
     * where it starts none in this JVM.
     *
     * @param arguments the words behind the main class
     */
    static @Nullable String startedBy(String main, List<String> arguments, String classPath) {
        if (main.startsWith("org.springframework.boot.loader.")) {
            return ofSpringBoot(classPath);
        }
        if (main.startsWith("org.eclipse.jdt.internal.jarinjarloader.")) {
            return Manifests.attribute(classPath, "Rsrc-Main-Class");
        }
        if (main.startsWith("com.simontuffs.onejar.")) {
            return Manifests.attribute(classPath, "One-Jar-Main-Class");
        }
        if (main.startsWith("com.intellij.rt.execution.application.AppMain")) {
            return word(arguments, 0);
        }
        if (main.equals("com.intellij.rt.execution.CommandLineWrapper")) {
            return word(arguments, 1); // behind the file that holds the class path
        }
        if (main.equals("org.jetbrains.kotlin.runner.Main")
                || main.equals("scala.tools.nsc.MainGenericRunner")
                || main.equals("dotty.tools.MainGenericRunner")) {
            return ofRunner(arguments);
        }
        if (main.equals("org.apache.hadoop.util.RunJar")) {
            return ofHadoop(arguments);
        }
        return main.startsWith("org.apache.spark.deploy.") ? SparkPrograms.startedBy(main, arguments) : main;
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** One of its launchers lets a setting replace what the jar says. */
    private static String ofSpringBoot(String classPath) {
        String property = System.getProperty("loader.main");
        String setting = property == null ? System.getenv("LOADER_MAIN") : property;
        return setting == null ? Manifests.attribute(classPath, "Start-Class") : setting;
    }

    /** The commands {@code kotlin} and {@code scala}: options, and then a class, or a file that is no class. */
    private static @Nullable String ofRunner(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("-cp") || word.equals("-classpath") || word.equals("--class-path")) {
                i++;
            } else if (!word.startsWith("-")) {
                boolean isFile = word.indexOf('/') >= 0 || word.endsWith(".scala") || word.endsWith(".kts");
                return isFile || word.endsWith(".jar") ? "" : word;
            }
        }
        return null;
    }

    /** {@code hadoop jar}: the jar, and the class where the jar names none. */
    private static String ofHadoop(List<String> arguments) {
        String main = Manifests.attribute(word(arguments, 0), "Main-Class");
        return main.isEmpty() ? word(arguments, 1) : main;
    }
}
