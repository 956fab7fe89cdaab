package io.plutorun.agent.edge;

import io.plutorun.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of whatever leaves the agent: by the name that a value goes under, by the shape of the value, and by the values of
 * this process's own secret environment variables.
 *
 * <p>All expressions are bounded or possessive, so that no text makes them backtrack.
 */
public final class Redactor {

    /** What stands in a secret's place. */
    public static final String REDACTED = "[redacted]";

    /** A shorter value would be found by accident in texts that have nothing to do with it. */
    private static final int LEAST_LENGTH_OF_A_KNOWN_VALUE = 8;

    /** Tokens that bear their maker's mark. */
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9])(?:"
            + "mlp[si]_[A-Za-z0-9_-]{6,}+" // Pluto
            + "|(?:AKIA|ASIA)[A-Z0-9]{16}" // AWS access key id
            + "|gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_[A-Za-z0-9_]{20,}+" // GitHub
            + "|glpat-[A-Za-z0-9_-]{16,}+" // GitLab
            + "|hf_[A-Za-z0-9]{20,}+" // Hugging Face
            + "|sk-[A-Za-z0-9_-]{16,}+" // OpenAI
            + "|xox[a-z]-[A-Za-z0-9-]{10,}+" // Slack
            + "|npm_[A-Za-z0-9]{30,}+" // npm
            + "|pypi-[A-Za-z0-9_-]{30,}+" // PyPI
            + "|AIza[A-Za-z0-9_-]{30,}+" // Google
            + "|eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{4,}+\\.[A-Za-z0-9_-]{4,}+" // JWT
            + ")");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)(\\s{1,4}+)[A-Za-z0-9._~+/=-]{8,}+");

    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s:@\"']{0,256}+:[^/\\s@\"']{1,1024}+@");

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*+(?:-----END [A-Z ]{0,40}-----)?+");

    /** {@code name=value}, {@code name: value}, {@code --name value}, within a longer text. */
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "([A-Za-z][A-Za-z0-9_.-]{0,127}+)([\"']?\\s{0,4}+[=:]\\s{0,4}+)(\"[^\"]*+\"|'[^']*+'|[^\\s,;&)}\\]\"']++)");

    private final List<String> knownValues;

    /**
     * Makes a redactor that knows the secrets of an environment.
     *
     * @param environment variables by name; the values of those whose names say that they are secrets are never let through
     */
    public Redactor(Map<String, String> environment) {
        List<String> known = new ArrayList<>();
        environment.forEach((name, value) -> {
            String trimmed = value.strip();
            if (trimmed.length() >= LEAST_LENGTH_OF_A_KNOWN_VALUE
                    && SecretNames.hide(name, trimmed)
                    && !isPath(trimmed)) {
                known.add(trimmed);
            }
        });
        known.sort((a, b) -> b.length() - a.length()); // the longer first: one may be part of another
        this.knownValues = List.copyOf(known);
    }

    /** {@code PLUTO_API_KEY_FILE} and its like name a place, and places are no secrets. */
    private static boolean isPath(String value) {
        return value.startsWith("/") || value.startsWith("./") || value.startsWith("~");
    }

    /** A text without the secrets in it. */
    public String text(String text) {
        String result = text;
        for (String known : knownValues) {
            if (result.contains(known)) {
                result = result.replace(known, REDACTED);
            }
        }
        result = TOKEN.matcher(result).replaceAll(REDACTED);
        result = BEARER.matcher(result).replaceAll("$1$2" + Matcher.quoteReplacement(REDACTED));
        result = result.contains("://") ? USER_INFO.matcher(result).replaceAll("://" + REDACTED + "@") : result;
        result = result.contains("PRIVATE KEY") ? PEM.matcher(result).replaceAll(REDACTED) : result;
        return assignments(result);
    }

    /** A value that goes under a name, without secrets: hidden whole where the name says so. */
    public @Nullable Object value(String name, @Nullable Object value) {
        if (value == null || value instanceof Map<?, ?>) {
            return tree(value);
        }
        if (value instanceof Iterable<?> elements) {
            return list(elements, element -> value(name, element));
        }
        return SecretNames.hide(name, value.toString()) ? REDACTED : tree(value);
    }

    /** A tree of maps, lists and scalars, without secrets. */
    public @Nullable Object tree(@Nullable Object tree) {
        if (tree instanceof Map<?, ?>) {
            return object(Json.object(tree));
        }
        if (tree instanceof Iterable<?> elements) {
            return list(elements, this::tree);
        }
        return tree instanceof String text ? text(text) : tree;
    }

    /** A JSON object without secrets. */
    public Map<String, @Nullable Object> object(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> redacted = new LinkedHashMap<>();
        object.forEach((name, value) -> redacted.put(text(name), value(name, value)));
        return redacted;
    }

    /** The words of a command line, without secrets. */
    public List<String> commandLine(List<String> words) {
        return list(words, this::tree).stream().map(String::valueOf).toList();
    }

    /** Any list may be the words of a command line, as a tracked {@code main}'s arguments are: {@code --password x} hides x. */
    private static List<@Nullable Object> list(Iterable<?> elements, UnaryOperator<@Nullable Object> redact) {
        List<@Nullable Object> redacted = new ArrayList<>();
        boolean hideNext = false;
        for (Object element : elements) {
            boolean hidden = hideNext && element instanceof String word && !word.startsWith("-");
            redacted.add(hidden ? REDACTED : redact.apply(element));
            hideNext = element instanceof String word
                    && word.startsWith("-")
                    && word.indexOf('=') < 0
                    && SecretNames.hide(word, "");
        }
        return redacted;
    }

    private static String assignments(String text) {
        if (text.indexOf('=') < 0 && text.indexOf(':') < 0) {
            return text;
        }
        Matcher matcher = ASSIGNMENT.matcher(text);
        StringBuilder result = null;
        while (matcher.find()) {
            String value = matcher.group(3);
            if (!value.startsWith(REDACTED.substring(0, 4))
                    && hideAssignment(matcher.group(1), matcher.group(2), value)) {
                result = result == null ? new StringBuilder() : result;
                matcher.appendReplacement(result, "$1$2" + Matcher.quoteReplacement(REDACTED));
            }
        }
        return result == null ? text : matcher.appendTail(result).toString();
    }

    /** "no such key: colour" is a sentence; "key=…" and "api_key: …" are not. */
    private static boolean hideAssignment(String name, String sign, String value) {
        boolean sentence = sign.indexOf('=') < 0 && (name.equalsIgnoreCase("key") || name.equalsIgnoreCase("token"));
        return !sentence && SecretNames.hide(name, value);
    }
}
