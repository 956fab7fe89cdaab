package io.plutorun.agent.weave;

import io.plutorun.agent.edge.Console;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Tells what can't be woven, each thing once however often its class is loaded; and not without end, since a program may make classes as
 * long as it lives.
 */
final class WeaveWarnings {

    /** More than anybody reads; what is remembered of them is a megabyte at most. */
    static final int MAX_LINES = 1000;

    private final Console console;
    private final Set<String> told = new HashSet<>();

    WeaveWarnings(Console console) {
        this.console = console;
    }

    void warn(String line) {
        warn(line, line);
    }

    /**
     * Warns.
     *
     * @param kind what is told once, by whichever line comes first
     */
    void warn(String kind, String line) {
        if (isNew(kind)) {
            console.warn(line);
        }
    }

    void error(String kind, String line) {
        if (isNew(kind)) {
            console.error(line);
        }
    }

    /**
     * Warns of a method that patterns name and that can't be woven. What a wildcard only happens to match is told once for all; and a
     * body that is elsewhere, not at all.
     *
     * @param patterns those that name methods of its class
     * @param line what is told
     */
    void obstacle(
            MethodScan method,
            UntrackableReason reason,
            List<? extends BiPredicate<String, String>> patterns,
            String line) {
        List<String> texts = patterns.stream()
                .filter(pattern -> pattern.test(method.name(), method.descriptor()))
                .map(Object::toString)
                .toList();
        if (texts.stream().anyMatch(text -> text.indexOf('*') < 0)) {
            warn(line);
        } else if (!reason.isMissingBody()) {
            warn(
                    reason + " " + texts.get(0),
                    line + "; so it is with all others that \"" + texts.get(0) + "\" matches");
        }
    }

    private boolean isNew(String kind) {
        boolean last;
        synchronized (told) {
            if (told.size() == MAX_LINES || !told.add(kind)) {
                return false;
            }
            last = told.size() == MAX_LINES;
        }
        if (last) {
            console.warn("there is more that can't be tracked; of what comes behind the next line nothing is told");
        }
        return true;
    }
}
