package io.plutorun.e2e;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a program ended.
 *
 * @param exitCode its exit code; 128 and the signal's number when a signal ended it
 * @param stdout all that it wrote there
 * @param stderr all that it wrote there, the agent's lines among it
 */
record Result(int exitCode, String stdout, String stderr) {

    /** The JVM writes of an uncaught exception in two goes, and a line of the agent's may come between them. */
    private static final Pattern TANGLED = Pattern.compile("(Exception in thread \"[^\"\n]*\" )((?:pluto: [^\n]*\n)+)");

    Result {
        stderr = TANGLED.matcher(stderr).replaceAll("$2$1");
    }

    /** The agent's lines. */
    List<String> agentLines() {
        return stderr.lines().filter(line -> line.startsWith("pluto: ")).toList();
    }

    /** For the agent as a command: every line of both streams is its own. */
    Result allOfTheAgent() {
        return new Result(
                exitCode,
                "",
                (stdout + "\n" + stderr).lines().map("pluto: "::concat).collect(Collectors.joining("\n")));
    }

    /** What the program itself wrote to stderr. */
    List<String> otherLines() {
        return stderr.lines().filter(line -> !line.startsWith("pluto: ")).toList();
    }
}
