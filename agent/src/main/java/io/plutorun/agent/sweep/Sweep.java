package io.plutorun.agent.sweep;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.RandomId;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.spec.Specification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one method in one project. They are a sweep as soon as two of them differ in what they were given; runs with equal arguments,
 * such as a second attempt, are none.
 */
final class Sweep {

    /** How its tag begins. */
    static final String TAG = "sweep:";

    private static final int ID_LENGTH = 8;
    private static final int MAX_UNTAGGED = 100;
    private static final int MAX_PARAMETERS = 50;
    private static final int MAX_VALUES = 100;
    private static final int MAX_CHARACTERS = 200;

    private final Redactor redactor;
    /** Null before it is known that this is a sweep. */
    private @Nullable String id;

    /** By a parameter's name, with dots where it is nested. */
    private final Map<String, Set<Object>> values = new LinkedHashMap<>();

    /** Runs that have been opened before it was known that this is a sweep. */
    private final List<Trial> untagged = new ArrayList<>();

    /** What the first run was given. */
    private @Nullable Map<String, @Nullable Object> first;

    private boolean differs;

    Sweep(Redactor redactor) {
        this.redactor = redactor;
    }

    /** A call that may open a run. */
    synchronized Trial enter(Specification asked) {
        boolean belongs = differs || (first != null && !first.equals(asked.arguments()));
        return new Trial(this::opened, belongs ? tagged(asked) : asked, belongs);
    }

    /** A run was opened. */
    private void opened(Trial trial, RunJournal journal) {
        for (Trial earlier : toBeTagged(trial)) {
            if (!earlier.give(List.of(tag()), config(), journal)) {
                later(earlier);
            }
        }
    }

    private synchronized List<Trial> toBeTagged(Trial trial) {
        Map<String, @Nullable Object> arguments = trial.specification().arguments();
        note(values, "", arguments);
        if (first == null) {
            first = arguments;
        }
        differs |= !first.equals(arguments);
        if (!trial.isTagged()) {
            later(trial);
        }
        if (!differs) {
            return List.of();
        }
        List<Trial> all = List.copyOf(untagged);
        untagged.clear();
        return all;
    }

    private synchronized void later(Trial trial) {
        if (untagged.size() < MAX_UNTAGGED) {
            untagged.add(trial);
        }
    }

    private Specification tagged(Specification asked) {
        RunRecord.Start start = asked.start();
        List<String> tags = new ArrayList<>(start.tags());
        tags.add(tag());
        Map<String, Set<Object>> known = new LinkedHashMap<>();
        values.forEach((name, seen) -> known.put(name, new LinkedHashSet<>(seen)));
        note(known, "", asked.arguments());
        return asked.withTagsAndConfig(tags, JsonObjects.merge(config(known), start.config()));
    }

    private String tag() {
        return TAG + id();
    }

    private synchronized String id() {
        String known = id;
        if (known == null) {
            known = newId();
            id = known;
        }
        return known;
    }

    /** An id that no other sweep has. */
    static String newId() {
        return RandomId.uuid().substring(0, ID_LENGTH);
    }

    private synchronized Map<String, @Nullable Object> config() {
        return config(values);
    }

    /** In the form of Pluto's Python SDK. */
    private Map<String, @Nullable Object> config(Map<String, Set<Object>> known) {
        return Map.of("sweep", form(id(), known));
    }

    /** What {@code config.sweep} says of a grid. */
    static Map<String, @Nullable Object> form(String id, Map<String, Set<Object>> tried) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        tried.forEach((name, values) -> parameters.put(name, Map.of("values", List.copyOf(values))));
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("id", id);
        form.put("method", "grid");
        form.put("parameters", parameters);
        return form;
    }

    /** Adds what a run was given to the values that the parameters have had: scalars, and nothing that the redactor would hide. */
    private void note(Map<String, Set<Object>> known, String prefix, Map<String, @Nullable Object> given) {
        given.forEach((name, value) -> {
            String path = prefix + name;
            if (value instanceof Map<?, ?> nested) {
                note(known, path + ".", Json.object(nested));
            } else if (value != null && mayBeNoted(known, path, value) && isParameter(path, value)) {
                known.computeIfAbsent(path, none -> new LinkedHashSet<>()).add(value);
            }
        });
    }

    /** What is noted already need not pass the redactor again. */
    private static boolean mayBeNoted(Map<String, Set<Object>> known, String path, Object value) {
        Set<Object> seen = known.get(path);
        return seen == null ? known.size() < MAX_PARAMETERS : seen.size() < MAX_VALUES && !seen.contains(value);
    }

    private boolean isParameter(String name, Object value) {
        boolean isScalar = value instanceof Number
                || value instanceof Boolean
                || (value instanceof String text && text.length() <= MAX_CHARACTERS);
        return isScalar && redactor.object(Map.of(name, value)).equals(Map.of(name, value));
    }
}
