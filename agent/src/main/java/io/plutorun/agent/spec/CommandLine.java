package io.plutorun.agent.spec;

import io.plutorun.agent.json.JsonObjects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options on a program's command line, as config: {@code --lr=0.1}, {@code --lr 0.1}, {@code -lr 0.1}, {@code -Dlr=0.1} and
 * {@code lr=0.1} are {@code lr}. An option without a value is true; words that belong to no option stand under {@code args}.
 */
final class CommandLine {

    /** Where words without an option stand. */
    private static final String OTHERS = "args";

    private static final int MAX_OPTIONS = 500;
    private static final int MAX_OTHERS = 100;
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_NAME_CHARACTERS = 255;

    private final List<String> words;
    private final Map<String, List<@Nullable Object>> options = new LinkedHashMap<>();
    private final List<@Nullable Object> others = new ArrayList<>();
    private int otherWords;
    private int next;
    private int charactersLeft = MAX_CHARACTERS;

    private CommandLine(List<String> words) {
        this.words = words;
    }

    /** The config that a command line gives. A dot in an option's name makes a nested entry. */
    static Map<String, @Nullable Object> config(List<String> words) {
        return new CommandLine(words).read();
    }

    private Map<String, @Nullable Object> read() {
        boolean onlyOthers = false;
        while (next < words.size()) {
            String word = words.get(next++);
            if (onlyOthers) {
                addOther(word);
            } else if (word.equals("--")) {
                onlyOthers = true;
            } else {
                read(word);
            }
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        for (Map.Entry<String, List<@Nullable Object>> option : options.entrySet()) {
            List<@Nullable Object> values = option.getValue();
            Object value = values.size() == 1 ? values.get(0) : values;
            boolean nests = !isBelowAnother(option.getKey());
            config = JsonObjects.merge(
                    config,
                    nests ? JsonObjects.at(option.getKey(), value) : Collections.singletonMap(option.getKey(), value));
        }
        if (otherWords > MAX_OTHERS) {
            others.add("… (cut, " + otherWords + " elements)");
        }
        return others.isEmpty() ? config : JsonObjects.merge(config, JsonObjects.at(OTHERS, others));
    }

    /** Whether another option has the place in which this one would nest: {@code --lr 0.1 --lr.decay 0.5}. */
    private boolean isBelowAnother(String name) {
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (options.containsKey(name.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    private void read(String word) {
        int sign = word.indexOf('=');
        String name = nameOf(sign < 0 ? word : word.substring(0, sign), sign >= 0);
        if (name.isEmpty() || (!options.containsKey(name) && options.size() == MAX_OPTIONS)) {
            addOther(word);
        } else if (sign >= 0) {
            add(name, value(word.substring(sign + 1)));
        } else {
            boolean hasValue = next < words.size() && !isOption(words.get(next));
            add(name, hasValue ? value(words.get(next++)) : true);
        }
    }

    private void add(String name, @Nullable Object value) {
        List<@Nullable Object> values = options.get(name);
        if (values == null) {
            values = new ArrayList<>();
            options.put(name, values);
        }
        values.add(value);
    }

    /** The name of an option; empty where a word is none. */
    private static String nameOf(String beforeSign, boolean hasSign) {
        String name = beforeSign;
        if (hasSign && name.startsWith("-D")) {
            name = name.substring(2);
        } else if (isOption(name)) {
            name = name.substring(name.startsWith("--") ? 2 : 1);
        } else if (!hasSign) {
            return "";
        }
        return isName(name) ? name : "";
    }

    /** Whether a word begins like an option. A negative number does not. */
    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && !isDigitOrPoint(word.charAt(1));
    }

    private static boolean isDigitOrPoint(char c) {
        return c == '.' || (c >= '0' && c <= '9');
    }

    /** Text before a sign that is no name may be the beginning of a URL or of a path. */
    private static boolean isName(String text) {
        if (text.isEmpty() || text.length() > MAX_NAME_CHARACTERS || !Character.isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && c != '-' && c != '_' && !Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private void addOther(String word) {
        if (otherWords < MAX_OTHERS) {
            others.add(value(word));
        }
        otherWords++;
    }

    private @Nullable Object value(String word) {
        if (word.length() > charactersLeft) {
            String cut = word.substring(0, charactersLeft) + "… (cut, " + word.length() + " characters)";
            charactersLeft = 0;
            return cut;
        }
        charactersLeft -= word.length();
        return ConfigText.scalar(word);
    }
}
