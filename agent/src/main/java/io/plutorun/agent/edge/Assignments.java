package io.plutorun.agent.edge;

import io.plutorun.agent.edge.SecretNames.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that stand behind their names in a longer text: {@code name=}, {@code name: }, {@code "name":}, {@code --name value},
 * {@code <name>value</name>}.
 *
 * <p>The expressions are possessive and bounded; the ends of values are looked for by hand, in one pass.
 */
final class Assignments {

    /** How a help text calls a value, if it does not repeat the option's name. */
    private static final Set<String> METAVARIABLES = Set.of("TEXT", "STRING", "STR", "VALUE");

    private static final int MAX_LOOKED_AT = 1024;

    private static final int MAX_METAVARIABLE = 128;

    private static final String BEGIN_OF_REDACTED = Redactor.REDACTED.substring(0, Redactor.REDACTED.length() - 1);

    /** Made when a text may name a secret: few do on the way to a method's first line. */
    private static final class Expressions {

        /** A name and its sign, quotes escaped or not, also as a subscript: {@code environ["DB_PASSWORD"] = }. */
        static final Pattern NAME = Pattern.compile(
                "(?<![\\w.-])([\\w.-]++)(\\\\{0,3}+(?:[\"']\\]|[\"'])?+\\s{0,4}+(?:=>|[=:]{1,2}+)\\s{0,4}+)");

        /** An option and the blanks before its value, or the comma in a list of words. The value is no option itself. */
        static final Pattern OPTION = Pattern.compile("(?<![\\w.=-])--?([A-Za-z][\\w.-]{0,100}+)"
                + "(?:[ \\t]{1,4}+(?=[^\\s-])|(\\\\{0,3}+[\"']?+,[ \\t]{0,4}+)(?=[^\\s,-])(?!\\\\{0,3}+[\"']-))");

        static final Pattern ELEMENT = Pattern.compile("<([A-Za-z][\\w.-]{0,100}+)>([^<>]{1,1024}+)</[A-Za-z]");

        static final Pattern SOURCE_FILE = Pattern.compile("\\.(?:java|kt|kts|scala|groovy|clj|py)$");
    }

    private Assignments() {}

    /** The text without what stands behind names of secrets. */
    static String redact(String text) {
        if (!SecretNames.mayStandIn(text)) {
            return text;
        }
        String result = NameValuePairs.redact(text);
        if (result.indexOf('=') >= 0 || result.indexOf(':') >= 0) {
            result = signed(result);
        }
        if (result.indexOf('-') >= 0) {
            result = options(result);
        }
        return result.contains("</") ? elements(result) : result;
    }

    private static String signed(String text) {
        Matcher names = Expressions.NAME.matcher(text);
        Values values = new Values(text);
        Values.Hidden result = new Values.Hidden(text);
        for (int at = 0; names.find(at); ) {
            at = names.end(); // what stands behind a harmless name may hold further names: "error: password=…"
            String name = names.group(1);
            String sign = names.group(2);
            boolean sentence = sign.indexOf('=') < 0 && sign.indexOf('"') < 0 && sign.indexOf('\'') < 0;
            Kind kind = kind(name);
            if (kind == Kind.HARMLESS || (sentence && isOfAnException(name))) {
                continue;
            }
            boolean header = kind == Kind.COOKIE && sign.indexOf(':') >= 0;
            int end = header ? values.endOfHeader(at) : values.endOfBlock(names.start(), at);
            if (end == at || text.startsWith(BEGIN_OF_REDACTED, at) || isAnswerOfMySql(text, names.start(), at, end)) {
                continue;
            }
            boolean prose = sentence && sign.endsWith(" ") && kind != Kind.ALWAYS && values.isProse(at, end);
            if (!prose && hide(kind, name, beginning(text, at, end), sentence)) {
                result.hide(at, end);
                at = end;
            }
        }
        return result.toString();
    }

    /** "Access denied for user 'me'@'host' (using password: YES)" says whether there was one. */
    private static boolean isAnswerOfMySql(String text, int name, int begin, int end) {
        String value = end - begin <= "YES".length() ? text.substring(begin, end) : "";
        return (value.equals("YES") || value.equals("NO"))
                && text.startsWith("using password: ", name - "using ".length());
    }

    /** As much of a value as tells what it is: a text may be one word with many names, each of which has the rest for its value. */
    private static String beginning(String text, int at, int end) {
        return text.substring(at, Math.min(end, at + MAX_LOOKED_AT));
    }

    private static String options(String text) {
        Matcher options = Expressions.OPTION.matcher(text);
        Values values = new Values(text);
        Values.Hidden result = new Values.Hidden(text);
        for (int at = 0; options.find(at); ) {
            at = options.end();
            Kind kind = SecretNames.kind(options.group(1));
            if (kind == Kind.HARMLESS || text.startsWith(BEGIN_OF_REDACTED, at)) {
                continue;
            }
            int end = values.end(at);
            boolean plain = isMetavariable(text, options.group(1), at, end)
                    || (options.group(2) != null && isProse(text, at, end));
            if (!plain && end > at && SecretNames.hide(kind, options.group(1), beginning(text, at, end), false)) {
                result.hide(at, end);
                at = end;
            }
        }
        return result.toString();
    }

    /** "--token, then", "--token, or --key". An element of a list has a comma behind it, or a bracket. */
    private static boolean isProse(String text, int begin, int end) {
        return text.startsWith(" ", end) && beginning(text, begin, end).chars().allMatch(Character::isLetter);
    }

    /** {@code --password PASSWORD}, {@code [--api-key API_KEY]} and {@code --token <token>} are how a program says what options it has. */
    private static boolean isMetavariable(String text, String option, int begin, int end) {
        if (text.charAt(begin) == '<') {
            int close = text.substring(begin, Math.min(text.length(), begin + MAX_METAVARIABLE))
                    .indexOf('>');
            return close > 0
                    && PlainValues.isWords(text.substring(begin, begin + close).replace(' ', '_'));
        }
        String value = text.substring(begin, Math.min(end, begin + MAX_METAVARIABLE));
        String name = option.replace('-', '_').toUpperCase(Locale.ROOT);
        return METAVARIABLES.contains(value) || name.equals(value) || name.endsWith("_" + value);
    }

    private static String elements(String text) {
        return Expressions.ELEMENT.matcher(text).replaceAll(found -> {
            boolean secret =
                    !found.group(2).startsWith(BEGIN_OF_REDACTED) && SecretNames.hide(found.group(1), found.group(2));
            String all = found.group();
            return Matcher.quoteReplacement(
                    secret
                            ? "<" + found.group(1) + ">" + Redactor.REDACTED + all.substring(all.lastIndexOf("</"))
                            : all);
        });
    }

    /** "KeyError: 'loss'" and "KeyStore.java:42" are no secrets. */
    private static boolean isOfAnException(String name) {
        return name.endsWith("Error")
                || name.endsWith("Exception")
                || Expressions.SOURCE_FILE.matcher(name).find();
    }

    /** Whether a name alone hides the value of a whole word of a command line, {@code name=value}. */
    static boolean hide(String name, String value) {
        return hide(kind(name), name, value, false);
    }

    private static boolean hide(Kind kind, String name, String value, boolean sentence) {
        return SecretNames.hide(kind, withoutOption(name), value, sentence);
    }

    private static Kind kind(String name) {
        return SecretNames.kind(withoutOption(name));
    }

    /** A system property stands as {@code -Dtoken=…} on a command line, a project property as {@code -Ptoken=…}. */
    private static String withoutOption(String name) {
        return name.startsWith("-D") || name.startsWith("-P") ? name.substring(2) : name;
    }
}
