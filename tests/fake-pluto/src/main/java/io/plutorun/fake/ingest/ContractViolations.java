package io.plutorun.fake.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client did that the real service takes with a 200 and then stores where nobody looks, or shows wrongly.
 *
 * <p>One line for each kind, with the first case as its example and a count: a million values with a wrong time are one line.
 */
public final class ContractViolations {

    private record Case(String example, long count) {}

    private final Map<String, Case> byKind = new LinkedHashMap<>();

    /**
     * Takes note of one case.
     *
     * @param kind what is wrong, the same words each time
     * @param example this case of it
     */
    public synchronized void add(String kind, String example) {
        byKind.merge(kind, new Case(example, 1), (first, more) -> new Case(first.example, first.count + 1));
    }

    /** In the order in which they first happened. */
    public synchronized List<String> all() {
        List<String> lines = new ArrayList<>();
        byKind.forEach((kind, what) ->
                lines.add(kind + ": " + what.example + (what.count == 1 ? "" : " (" + what.count + " times)")));
        return List.copyOf(lines);
    }

    public synchronized void clear() {
        byKind.clear();
    }
}
