package io.plutorun.agent.spec;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.edge.Redactor;
import java.util.List;
import java.util.Map;

/**
 * Checks the names that a user gives (project, run name, tags and ids) for secrets. A name is sent as it was given, since a changed name
 * means another project or another run. A name that looks like a secret is not sent at all: Pluto shows it to everybody.
 */
final class NameChecker {

    /** Has no secret values to search for, so it redacts only what looks like a secret by its shape. */
    private static final Redactor SHAPES_ONLY = new Redactor(Map.of());

    private final Redactor redactor;
    private final List<String> warnings;

    /**
     * Makes a checker.
     *
     * @param redactor knows the values of this process's secret environment variables
     * @param warnings takes a line for each name that holds such a value: it may be there by chance, so the name is sent
     */
    NameChecker(Redactor redactor, List<String> warnings) {
        this.redactor = redactor;
        this.warnings = warnings;
    }

    /**
     * Checks one name.
     *
     * @param what what the name is of, for messages: {@code project}, {@code tag}
     * @param source the setting that gave it, for messages
     * @return the name, unchanged
     * @throws UntrackableException when it looks like a secret, such as a token or {@code password=…}
     */
    String checked(String what, String name, String source) throws UntrackableException {
        if (Redactor.hasTokenShape(name) || !SHAPES_ONLY.text(name).equals(name)) {
            throw new UntrackableException("the " + what + " from " + source
                    + " looks like a secret, and it would be shown to everybody; give another one");
        }
        redactor.secretVariableIn(name)
                .ifPresent(variable -> warnings.add("the " + what + " from " + source + " holds the value of "
                        + variable + "; it is sent as it is, change one of them if that is no chance"));
        return name;
    }
}
