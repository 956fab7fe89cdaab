package io.plutorun.agent.lines;

import io.plutorun.agent.lines.TimedLine.TooSlowException;
import io.plutorun.agent.metrics.RunValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An expression, and what its groups are. For one thread. */
final class LinePattern {

    private static final long MAX_NANOS = 10_000_000;
    private static final int MAX_SLOW_LINES = 3;

    private final Pattern pattern;
    private final @Nullable String stepGroup;
    private final Map<String, String> valueGroups;

    private int slowLines;
    private boolean hasMatched;
    private @Nullable String unreadable;

    /**
     * Makes it.
     *
     * @param stepGroup the name of the group that is the step, or its number as a text; null where the lines have none
     * @param valueGroups the same of each value, by the value's name
     */
    LinePattern(Pattern pattern, @Nullable String stepGroup, Map<String, String> valueGroups) {
        this.pattern = pattern;
        this.stepGroup = stepGroup;
        this.valueGroups = valueGroups;
    }

    /** What a line says: the texts of the groups. */
    record Match(@Nullable String step, Map<String, String> values) {

        static final Match NONE = new Match(null, Map.of());

        boolean isNone() {
            return values.isEmpty();
        }
    }

    /** Looks for the expression in a line, for 10 ms at most. */
    Match find(String line) {
        if (isTooSlow()) {
            return Match.NONE;
        }
        Matcher matcher = pattern.matcher(new TimedLine(line, System.nanoTime() + MAX_NANOS));
        try {
            if (!matcher.find()) {
                return Match.NONE;
            }
        } catch (TooSlowException | StackOverflowError e) { // expressions recurse, some once for each character
            slowLines++;
            return Match.NONE;
        }
        hasMatched = true;
        Map<String, String> values = new LinkedHashMap<>();
        valueGroups.forEach((name, group) -> {
            String text = group(matcher, group);
            if (text != null) {
                values.put(name, text);
            }
        });
        return new Match(stepGroup == null ? null : group(matcher, stepGroup), values);
    }

    private static @Nullable String group(Matcher matcher, String group) {
        return Character.isDigit(group.charAt(0)) ? matcher.group(Integer.parseInt(group)) : matcher.group(group);
    }

    /** Logs what a line says. What is no number is left out, and remembered. */
    void log(Match match, RunValues values) {
        OptionalLong step = match.step() == null ? OptionalLong.empty() : PrintedNumber.step(match.step());
        if (match.step() != null && !step.isPresent()) {
            note("the step \"" + match.step() + "\" is no whole number");
            return;
        }
        match.values().forEach((name, text) -> {
            OptionalDouble value = PrintedNumber.value(text);
            if (!value.isPresent()) {
                note("of " + name + ", \"" + text + "\" is no number");
            } else if (step.isPresent()) {
                values.log(name, value.getAsDouble(), step.getAsLong());
            } else {
                values.log(name, value.getAsDouble());
            }
        });
    }

    private void note(String problem) {
        if (unreadable == null) {
            unreadable = problem;
        }
    }

    /** Whether it has been cut off three times, and looks at no further line. */
    boolean isTooSlow() {
        return slowLines >= MAX_SLOW_LINES;
    }

    boolean hasMatched() {
        return hasMatched;
    }

    /** What it matched, and is no number; for a person. Null for none. */
    @Nullable
    String unreadable() {
        return unreadable;
    }

    /** The texts that stand in its expression as they are, the longest first: a line that is meant has most of them. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        String text = pattern.pattern();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !Character.isLetter(text.charAt(i))) {
                int wordStart = start > 0 && text.charAt(start - 1) == '\\' ? start + 1 : start;
                boolean isGroupName = start > 1 && text.startsWith("?<", start - 2);
                if (i - wordStart > 1 && !isGroupName) {
                    words.add(text.substring(wordStart, i));
                }
                start = i + 1;
            }
        }
        words.sort(Comparator.comparingInt(String::length).reversed());
        return words;
    }

    /** As the user wrote it. */
    @Override
    public String toString() {
        return pattern.pattern();
    }
}
