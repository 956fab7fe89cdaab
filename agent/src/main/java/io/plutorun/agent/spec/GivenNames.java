package io.plutorun.agent.spec;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.edge.Redactor;
import java.util.List;
import java.util.Map;

/**
 * What the user names: project, run name, tags and ids. It is sent as it was given, since a changed name means another project or another
 * run. What has the shape of a token is not sent at all: it would be shown to everybody.
 */
final class GivenNames {

    /** Knows no variables of this process: what it would hide has the shape of a secret. */
    private static final Redactor ANYWHERE = new Redactor(Map.of());

    private final Redactor redactor;
    private final List<String> warnings;

    /**
     * Makes the check.
     *
     * @param warnings takes a line for each name that holds the value of a secret variable, which may be chance
     */
    GivenNames(Redactor redactor, List<String> warnings) {
        this.redactor = redactor;
        this.warnings = warnings;
    }

    /**
     * Checks one name.
     *
     * @param what what it names, for a person
     * @param source where it came from, for a person
     * @return the name, unchanged
     * @throws UntrackableException when it has the shape of a secret, as a token or {@code password=…}
     */
    String checked(String what, String name, String source) throws UntrackableException {
        if (Redactor.hasTokenShape(name) || !ANYWHERE.text(name).equals(name)) {
            throw new UntrackableException("the " + what + " from " + source
                    + " looks like a secret, and it would be shown to everybody; give another one");
        }
        redactor.secretVariableIn(name)
                .ifPresent(variable -> warnings.add("the " + what + " from " + source + " holds the value of "
                        + variable + "; it is sent as it is, change one of them if that is no chance"));
        return name;
    }
}
