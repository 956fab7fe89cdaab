package io.plutorun.agent.describe.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options that a JVM was started with, as its command line and the variables for options have them (java(1)). */
public final class JvmOptions {

    /** Those behind which a value stands that is a word of its own. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--limit-modules",
            "--patch-module",
            "--enable-native-access");

    /** What they name is told as class path, and as requirements. */
    private static final Set<String> PATHS = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path");

    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private JvmOptions() {}

    /**
     * The options, without class path and module path; those of the variables come first, as the JVM takes them.
     *
     * @param commandLine the process's words, the program that it executes first
     * @param environment its variables
     */
    public static List<String> of(List<String> commandLine, Map<String, String> environment) {
        List<String> options = new ArrayList<>();
        for (String variable : VARIABLES) {
            for (String word : environment.getOrDefault(variable, "").strip().split("\\s+", -1)) {
                if (!word.isEmpty()) {
                    options.add(word);
                }
            }
        }
        for (int i = 1; i < commandLine.size(); i++) {
            String word = commandLine.get(i);
            if (!word.startsWith("-") || word.equals("-jar") || word.equals("-m") || word.equals("--module")) {
                break; // the program
            }
            boolean hasValue = WITH_VALUE.contains(word) && i + 1 < commandLine.size();
            if (!PATHS.contains(word)) {
                options.add(hasValue ? word + "=" + commandLine.get(i + 1) : word);
            }
            i += hasValue ? 1 : 0;
        }
        return options;
    }
}
