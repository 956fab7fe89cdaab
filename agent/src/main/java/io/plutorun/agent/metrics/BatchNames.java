package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.data.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the values of one run, and where each stands in the batch that is being written. A value needs one look into a map: each
 * more is code that the JVM compiles in every training which logs for a while. Used by one thread at a time.
 */
final class BatchNames {

    /** A name, and where it stands in the batch. */
    static final class Name {

        private final String text;
        private final byte[] quoted;
        private int line;
        private long largestStep;

        private Name(String text) {
            this.text = text;
            StringBuilder json = new StringBuilder(text.length() + 2);
            JsonText.quote(text, json);
            this.quoted = json.toString().getBytes(StandardCharsets.UTF_8);
        }

        /** It as a JSON string, in UTF-8. */
        byte[] quoted() {
            return quoted;
        }

        /** The number of the batch's line in which it stands last, from 1; 0 where it stands in none. */
        int line() {
            return line;
        }
    }

    private final Map<String, Name> names = new HashMap<>();
    private final List<Name> ofBatch = new ArrayList<>();

    /** The next batch begins. */
    void beginBatch() {
        ofBatch.forEach(name -> name.line = 0);
        ofBatch.clear();
    }

    /** A name, which is not added to the batch. */
    Name of(String text) {
        Name name = names.get(text);
        if (name == null) {
            name = new Name(text);
            names.put(text, name);
        }
        return name;
    }

    /** Notes that a value of a name stands in the batch. */
    void add(Name name, int line, long step) {
        if (name.line == 0) {
            name.largestStep = step;
            ofBatch.add(name);
        }
        name.line = line;
        name.largestStep = Math.max(name.largestStep, step);
    }

    /** The names in the batch, with the largest step of each. */
    Map<String, Long> largestSteps() {
        Map<String, Long> steps = new HashMap<>();
        ofBatch.forEach(name -> steps.put(name.text, name.largestStep));
        return steps;
    }
}
