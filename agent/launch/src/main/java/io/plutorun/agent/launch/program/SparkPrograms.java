package io.plutorun.agent.launch.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a Spark driver, by the command line of what started it. Such a line has no quotes any more: an option's value may be
 * several words.
 */
final class SparkPrograms {

    private SparkPrograms() {}

    /**
     * The class that one of Spark's main classes starts in its own JVM: empty where it does not tell which; null where it starts none, as
     * executors and masters do, or a program of Python or R.
     */
    static @Nullable String startedBy(String main, List<String> words) {
        if (main.equals("org.apache.spark.deploy.SparkSubmit")) {
            // A driver in the cluster has a JVM of its own.
            return "cluster".equals(option(words, "--deploy-mode")) ? null : ofSubmit(words);
        }
        if (main.equals("org.apache.spark.deploy.yarn.ApplicationMaster")) {
            return option(words, "--class");
        }
        if (main.equals("org.apache.spark.deploy.worker.DriverWrapper")) {
            return words.size() < 3 ? null : words.get(2); // behind the worker's URL and the jar
        }
        return null;
    }

    private static @Nullable String option(List<String> words, String name) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(name)) {
                return i + 1 < words.size() ? words.get(i + 1) : null;
            }
            if (word.length() > name.length() && word.startsWith(name) && word.charAt(name.length()) == '=') {
                return word.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** Options, the program's jar or script, and the program's own arguments. */
    private static @Nullable String ofSubmit(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--class") || word.startsWith("--class=")) {
                return option(words, "--class");
            }
            if (word.startsWith("-")) {
                i += word.indexOf('=') >= 0 || isFlag(word) ? 0 : 1;
            } else if (word.endsWith(".jar")) {
                return ofJar(word);
            } else if (word.endsWith(".py") || word.endsWith(".R")) {
                return null;
            }
        }
        return null; // a shell, or a question for a driver's status
    }

    private static boolean isFlag(String option) {
        return option.equals("--verbose") || option.equals("-v") || option.equals("--supervise");
    }

    private static String ofJar(String resource) {
        int scheme = resource.indexOf(':');
        boolean isLocal = scheme < 0 || resource.startsWith("file:") || resource.startsWith("local:");
        return isLocal ? Manifests.attribute(resource.substring(scheme + 1), "Main-Class") : "";
    }
}
