package io.plutorun.agent.launch.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a Spark driver, by the command line of what started it. Such a line has no quotes any more: an option's value may be
 * several words.
 */
final class SparkPrograms {

    private static final String SUBMIT = "org.apache.spark.deploy.SparkSubmit";
    private static final String CONNECT_SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer";

    private SparkPrograms() {}

    /** Whether a command line is that of a Spark Connect server, whose users share its JVM. */
    static boolean isConnectServer(List<String> words) {
        return words.contains(CONNECT_SERVER)
                && (words.indexOf(CONNECT_SERVER) == 0 || words.get(0).equals(SUBMIT));
    }

    /** The program of Python's whose driver a command line starts: a script's name, or the shell's; null for none. */
    static @Nullable String python(List<String> words) {
        if (words.isEmpty() || !words.get(0).equals(SUBMIT) || "cluster".equals(option(words, "--deploy-mode"))) {
            return null;
        }
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-")) {
                i += word.indexOf('=') >= 0 || isFlag(word) ? 0 : 1;
            } else if (word.equals("pyspark-shell")) {
                return word;
            } else if (word.endsWith(".py")) {
                return word.substring(word.lastIndexOf('/') + 1, word.length() - ".py".length());
            } else if (word.endsWith(".jar")) {
                return null;
            }
        }
        return null;
    }

    /**
     * The class that one of Spark's main classes starts in its own JVM: empty where it does not tell which; null where it starts none, as
     * executors and masters do, or a program of Python or R.
     */
    static @Nullable String startedBy(String main, List<String> words) {
        if (main.equals(SUBMIT)) {
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
