package io.plutorun.agent.edge;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name and its value that stand side by side, without a sign between them: {@code name: DB_PASSWORD} and {@code value: x} of YAML, JSON, XML
 * and printed objects, {@code option("password", "x")} of a program's source, {@code ENV DB_PASSWORD x} of a Dockerfile.
 *
 * <p>The expressions are possessive and bounded.
 */
final class NameValuePairs {

    /** The words that announce a name or a value, also at the end of a longer one: {@code ParameterKey}, {@code env[0].name}. */
    private static final Pattern WORD = Pattern.compile("(?m)(?:(?<![\\w/-])|(?<=^-))(name|Name|key|Key|value|Value)"
            + "(\\\\{0,3}+[\"']?[ \\t]{0,4}+(?:=>|[=:]{1,2}+)[ \\t]{0,4}+|>\\s{0,20}+)"
            + "|(?<=[a-z])(Name|Key|Value)(\\\\{0,3}+[\"']?[ \\t]{0,4}+[=:][ \\t]{0,4}+)");

    private static final Pattern NAME = Pattern.compile("(\\\\{0,3}+[\"']?)([\\w.-]{1,128}+)\\1");

    /** Behind it begins another object, or another element of a list. */
    private static final Pattern BOUNDARY = Pattern.compile("[{}]|\\n[+ -]?+[ \\t]{0,100}+- \\S");

    private static final Pattern PROSE = Pattern.compile("[ \\t]{1,4}+[A-Za-z]");

    /** The first two arguments of what is called so in programs that set or read a property. */
    private static final Pattern CALL = Pattern.compile(
            "(?i)(?<=put|set|get|option|config|conf|property|env|param|parameter|header|default|add|entry|map|map\\.of)"
                    + "\\(\\s{0,20}+(\\\\{0,3}+[\"'])([\\w.-]{1,128}+)\\1\\s{0,4}+,\\s{0,20}+(?=\\\\{0,3}+[\"'])");

    /** An element of a map in Scala and Kotlin, of XML, and a line of a Dockerfile or a C shell's script. */
    private static final Pattern ELEMENT = Pattern.compile(
            "(?m)(?:(?<=(?:^|[(,{\\[+-])\\s{0,40})\"([\\w.-]{1,128}+)\"\\s{0,4}+(?:->|to)\\s{1,4}+(?=\")|\\bkey=\"([\\w.-]{1,128}+)\">"
                    + "|^[+ -]?+[ \\t]{0,20}+(?:ENV|setenv)[ \\t]{1,4}+(\\w{1,128}+)[ \\t]{1,4}+)");

    /** Its group of a Dockerfile's line. */
    private static final int DOCKERS = 3;

    /** How far apart the two may stand. */
    private static final int MAX_BETWEEN = 200;

    private static final int MAX_LOOKED_AT = 1024;

    private static final int MAX_ELEMENT = 1024;

    private NameValuePairs() {}

    /** The text without values of secrets. */
    static String redact(String text) {
        String result = text;
        if (result.contains("alue")) {
            result = new Pairs(result).redact();
        }
        if (result.indexOf('(') >= 0) {
            result = following(CALL, result);
        }
        boolean hasElements = result.indexOf('"') >= 0 || result.contains("ENV") || result.contains("setenv");
        return hasElements ? following(ELEMENT, result) : result;
    }

    private static String following(Pattern pattern, String text) {
        Matcher names = pattern.matcher(text);
        Values values = new Values(text);
        Values.Hidden result = new Values.Hidden(text);
        while (names.find()) {
            int group = names.groupCount();
            while (group > 1 && names.group(group) == null) {
                group--;
            }
            int begin = names.end();
            int end;
            if (group == DOCKERS) { // it takes the rest of the line
                int newline = text.indexOf('\n', begin);
                end = newline < 0 ? text.length() : newline;
            } else {
                end = text.charAt(begin - 1) == '>' ? endOfElement(text, begin) : values.end(begin);
            }
            hide(text, names.group(group), begin, end, result);
        }
        return result.toString();
    }

    private static int endOfElement(String text, int begin) {
        int last = Math.min(text.length(), begin + MAX_ELEMENT);
        int end = begin;
        while (end < last && text.charAt(end) != '<') {
            end++;
        }
        return end;
    }

    private static void hide(String text, String name, int begin, int end, Values.Hidden result) {
        String value = text.substring(begin, Math.min(end, begin + MAX_LOOKED_AT));
        if (!value.isBlank() && !value.startsWith(Redactor.REDACTED) && SecretNames.hide(name, value)) {
            result.hide(begin, end);
        }
    }

    /**
     * The name of what stands under a key of an object, if the object has it beside: {@code name} of {@code value}, {@code ParameterKey} of
     * {@code ParameterValue}. Null where the key is none of a value, or there is no such name.
     */
    static @Nullable String nameOf(String key, Map<String, ? extends @Nullable Object> object) {
        if (!key.endsWith("alue")) {
            return null;
        }
        String stem = key.substring(0, Math.max(0, key.length() - "value".length()));
        for (String word : key.endsWith("value") ? List.of("name", "key") : List.of("Name", "Key")) {
            if (object.get(stem + word) instanceof String text
                    && NAME.matcher(text).matches()) {
                return text;
            }
        }
        return null;
    }

    /** Goes through a text once. A name counts for the value behind it, or else for the one before it. */
    private static final class Pairs {

        private final String text;
        private final Matcher words;
        private final Matcher names;
        private final Matcher boundaries;
        private final Matcher prose;
        private final Values values;
        private final Values.Hidden result;

        private @Nullable String name;

        /** What stands before the word that announced the last name or value: {@code Parameter} of {@code ParameterKey}. */
        private String stem = "";

        /** Where what was met last ends. */
        private int end;

        /** The value before, where no name has come yet; -1 for none. */
        private int unnamed = -1;

        private boolean isNamed;

        Pairs(String text) {
            this.text = text;
            this.words = WORD.matcher(text);
            this.names = NAME.matcher(text);
            this.boundaries = BOUNDARY.matcher(text);
            this.prose = PROSE.matcher(text);
            this.values = new Values(text);
            this.result = new Values.Hidden(text);
        }

        String redact() {
            while (words.find()) {
                int group = words.group(1) == null ? 3 : 1;
                String before = group == 3 ? stem(words.start()) : "";
                if (isSeparate(words.start()) || !before.equals(stem)) {
                    name = null;
                    unnamed = -1;
                }
                stem = before;
                if (words.group(group).endsWith("alue")) {
                    value(words.start(), words.end());
                } else {
                    name(words.end(), words.group(group + 1).indexOf(':') >= 0);
                }
            }
            return result.toString();
        }

        private String stem(int end) {
            int begin = end;
            while (begin > 0 && end - begin < MAX_BETWEEN && Character.isLetterOrDigit(text.charAt(begin - 1))) {
                begin--;
            }
            return text.substring(begin, end);
        }

        private boolean isSeparate(int begin) {
            return begin - end > MAX_BETWEEN
                    || (begin > end && boundaries.region(end, begin + 1).find());
        }

        private void name(int begin, boolean maySayMore) {
            if (!names.region(begin, text.length()).lookingAt()) {
                return;
            }
            boolean isBare = names.group(1).isEmpty();
            if (maySayMore && isBare && prose.region(names.end(), text.length()).lookingAt()) {
                return; // "name: password policy"
            }
            name = names.group(2);
            if (unnamed >= 0 && end < begin) {
                hide(text, name, unnamed, end, result);
            }
            unnamed = -1;
            isNamed = false;
            end = names.end();
        }

        private void value(int word, int begin) {
            boolean isElement = text.charAt(word + "value".length()) == '>';
            int last = isElement ? endOfElement(text, begin) : values.end(begin);
            if (name == null) {
                unnamed = begin;
            } else if (!isNamed || isAddedLine(word)) { // in a difference, one value stands instead of a removed one
                hide(text, name, begin, last, result);
                isNamed = true;
            }
            end = last;
        }

        private boolean isAddedLine(int word) {
            int begin = word;
            while (begin > 0 && word - begin < MAX_BETWEEN && text.charAt(begin - 1) != '\n') {
                begin--;
            }
            return text.charAt(begin) == '+';
        }
    }
}
