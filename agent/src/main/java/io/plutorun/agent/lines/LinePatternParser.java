package io.plutorun.agent.lines;

import io.plutorun.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the option: an expression with named groups, or a JSON array of objects. */
final class LinePatternParser {

    private static final String STEP = "step";
    private static final Set<String> KEYS = Set.of("line", STEP, "values");

    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    /** No expression of this kind begins so, but every array of objects. */
    private static final Pattern ARRAY = Pattern.compile("\\s*\\[\\s*[{\\]].*", Pattern.DOTALL);

    private final Consumer<String> mistakes;

    /**
     * Makes it.
     *
     * @param mistakes takes what is wrong with a part of the option that is left out, for a person
     */
    LinePatternParser(Consumer<String> mistakes) {
        this.mistakes = mistakes;
    }

    /** What is left out is told. */
    List<LinePattern> parse(String option) {
        List<LinePattern> patterns = new ArrayList<>();
        if (!ARRAY.matcher(option).matches()) {
            add(patterns, Map.of("line", option.strip()));
            return patterns;
        }
        try {
            if (Json.parse(option) instanceof List<?> entries) {
                for (Object entry : entries) {
                    add(patterns, Json.object(entry));
                }
            }
        } catch (Json.SyntaxException e) {
            mistakes.accept("this is no JSON array (" + e.getMessage()
                    + "); write [{\"line\": \"loss=(\\\\S+)\", \"values\": {\"train/loss\": 1}}]");
        }
        return patterns;
    }

    private void add(List<LinePattern> patterns, Map<String, ?> entry) {
        try {
            patterns.add(pattern(entry));
        } catch (IllegalArgumentException e) {
            mistakes.accept(e.getMessage() + "; this is left out");
        }
    }

    private static LinePattern pattern(Map<String, ?> entry) {
        if (!(entry.get("line") instanceof String line) || line.isBlank()) {
            throw new IllegalArgumentException("each object of the array needs \"line\", a regular expression");
        }
        for (String key : entry.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "\"" + key + "\" beside \"" + line + "\" means nothing; \"line\", \"step\" and \"values\" do");
            }
        }
        Pattern pattern = compiled(line);
        Set<String> names = groupNames(pattern);
        Object step = entry.get(STEP);
        String stepGroup = step == null ? names.contains(STEP) ? STEP : null : group(pattern, step);
        Map<String, String> values = new LinkedHashMap<>();
        if (entry.get("values") == null) {
            names.stream().filter(name -> !name.equals(stepGroup)).forEach(name -> values.put(name, name));
        } else {
            Json.object(entry.get("values")).forEach((name, group) -> values.put(name, group(pattern, group)));
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" gives no value: name a group, as in loss=(?<loss>\\S+)");
        }
        return new LinePattern(pattern, stepGroup, values);
    }

    private static Pattern compiled(String line) {
        try {
            return Pattern.compile(line);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" is no regular expression (" + e.getDescription()
                            + (e.getIndex() < 0 ? "" : ", at character " + (e.getIndex() + 1)) + ")",
                    e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("\"" + line + "\" is nested too deeply", e);
        }
    }

    /** Before Java 20 a pattern does not tell them. What merely looks like one, between {@code \Q} and {@code \E} for example, is none. */
    private static Set<String> groupNames(Pattern pattern) {
        Set<String> names = new LinkedHashSet<>();
        Matcher inText = GROUP_NAME.matcher(pattern.pattern());
        Matcher matched = Pattern.compile("|" + pattern.pattern()).matcher("");
        if (matched.find()) { // nothing, which the first alternative matches; before, no group can be asked for
            while (inText.find()) {
                if (isGroup(matched, inText.group(1))) {
                    names.add(inText.group(1));
                }
            }
        }
        return names;
    }

    private static boolean isGroup(Matcher matched, String name) {
        try {
            int unused = matched.start(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The name of a group, or its number. */
    private static String group(Pattern pattern, @Nullable Object group) {
        if (group instanceof Long number
                && number >= 0
                && number <= pattern.matcher("").groupCount()) {
            return number.toString();
        }
        if (group instanceof String name && groupNames(pattern).contains(name)) {
            return name;
        }
        throw new IllegalArgumentException("\"" + pattern.pattern() + "\" has no group " + group);
    }
}
