package io.plutorun.agent.edge;

import io.plutorun.agent.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Where a text was cut off, the beginning of a value tells less, but this much is too much. */
    private static final int LEAST_LENGTH_OF_A_CUT_VALUE = 6;

    /** What stands at the end of a text that was cut off. */
    private static final String CUT_OFF = "\u2026";

    /** Tokens that bear their maker's mark. */
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9])(?:"
            + "mlp[si]_[A-Za-z0-9_-]{6,}+" // Pluto
            + "|(?:AKIA|ASIA)[A-Z0-9]{16}" // AWS access key id
            + "|gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_[A-Za-z0-9_]{20,}+" // GitHub
            + "|glpat-[A-Za-z0-9_-]{16,}+" // GitLab
            + "|hf_[A-Za-z0-9]{20,}+" // Hugging Face
            + "|sk-(?!learn)[A-Za-z0-9_-]{16,}+" // OpenAI
            + "|xox[a-z]-[A-Za-z0-9-]{10,}+" // Slack
            + "|npm_[A-Za-z0-9]{30,}+" // npm
            + "|pypi-[A-Za-z0-9_-]{30,}+" // PyPI
            + "|AIza[A-Za-z0-9_-]{30,}+" // Google
            + "|eyJ[A-Za-z0-9_-]{8,2048}+\\.eyJ[A-Za-z0-9_-]{4,}+\\.[A-Za-z0-9_-]{4,}+" // JWT; bounded, since each
            // "_eyJ" in a long word begins
            // one
            + ")");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s{1,4}+)[A-Za-z0-9._~+/=-]{8,}+");

    /** What follows must decode to {@code user:password} (RFC 7617), else it is "basic training". */
    private static final Pattern BASIC = Pattern.compile("(?i)\\b(basic\\s{1,4}+)([A-Za-z0-9+/]{4,}+={0,2}+)");

    /** Up to the last @ before the path: people do write passwords with an @ in them. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s:@\"']{0,256}+:[^/?#\\s\"']{1,1024}@");

    /** Up to its end, or of all that is left where that was cut off; the header lines of an encrypted one hold hyphens as well. */
    private static final Pattern PEM = Pattern.compile(
            "(?s)-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?+-----.*?(?:-----END [A-Z ]{0,60}+-----|\\z)");

    /** {@code name=}, {@code name: }, {@code "name":} within a longer text, quotes escaped or not. */
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w.-])([\\w.-]++)(\\\\{0,3}+[\"']?\\s{0,4}+(?:=>|[=:]{1,2}+)\\s{0,4}+)");

    /** What makes a name of the word before it. */
    private static final Pattern SIGN = Pattern.compile("\\\\{0,3}+[\"']?\\s{0,4}+[=:]");

    /** What stands behind it; of a quotation that was cut off, the first word. */
    private static final Pattern VALUE = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|\\[[A-Z]{1,20}+\\]|\\\\{0,3}+[\"']?+[^\\s,;&)}\\]\"'\\\\]++");

    /** The whole header, since the scheme before the secret may be any word. */
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "(?i)(\\bauthorization[\"']?\\s{0,4}+[=:]\\s{0,4}+[\"']?)[a-z]{1,20}+\\s{1,4}+[^\\s\"',;\\[]++");

    private static final Pattern SOURCE_FILE = Pattern.compile("\\.(?:java|kt|kts|scala|groovy|clj|py)$");

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
                    && SecretNames.hideVariable(name, trimmed)
                    && !isPath(trimmed)) {
                known.addAll(forms(trimmed));
            }
        });
        known.sort((a, b) -> b.length() - a.length()); // the longer first: one may be part of another
        this.knownValues = List.copyOf(known);
    }

    /** As it is, and as it stands in JSON, in a URL and in Base64, of which the last characters depend on what follows. */
    private static Set<String> forms(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length - bytes.length % 3));
        String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new LinkedHashSet<>(List.of(
                value,
                inJson(value),
                url,
                url.replace("+", "%20"),
                base64,
                base64.replace('+', '-').replace('/', '_')));
    }

    /** By hand: this is on the way to the first line, where a JSON library's start-up counts. */
    private static String inJson(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** {@code PLUTO_API_KEY_FILE} and its like name a place, and places are no secrets; a secret may begin with a slash, though. */
    private static boolean isPath(String value) {
        if (!value.startsWith("/") && !value.startsWith("./")) {
            return false;
        }
        try {
            return Files.exists(Path.of(value));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isUserAndPassword(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1).indexOf(':') >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A text without the secrets in it. */
    public String text(String text) {
        String result = text;
        List<String> present = List.of(); // most texts hold none, and need no second look
        for (String known : knownValues) {
            if (result.contains(known) || result.endsWith(CUT_OFF)) {
                present = present.isEmpty() ? new ArrayList<>() : present;
                present.add(known);
                result = withoutKnown(result, known, true);
            }
        }
        result = TOKEN.matcher(result).replaceAll(REDACTED);
        result = AUTHORIZATION.matcher(result).replaceAll("$1" + Matcher.quoteReplacement(REDACTED));
        result = BEARER.matcher(result).replaceAll("$1" + Matcher.quoteReplacement(REDACTED));
        result = BASIC.matcher(result)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isUserAndPassword(found.group(2)) ? found.group(1) + REDACTED : found.group()));
        result = result.contains("://") ? USER_INFO.matcher(result).replaceAll("://" + REDACTED + "@") : result;
        result = result.contains("PRIVATE KEY") ? PEM.matcher(result).replaceAll(REDACTED) : result;
        result = assignments(result);
        for (String known : present) {
            result = withoutKnown(result, known, false);
        }
        return result;
    }

    /**
     * Takes a known value out, also where a text was cut off within it.
     *
     * @param notNames whether to leave it where it stands as a name: of {@code password=x}, x must be hidden first, even where somebody
     *     has the word itself for a password
     */
    private static String withoutKnown(String text, String known, boolean notNames) {
        String result = text;
        if (result.contains(known)) {
            Matcher sign = SIGN.matcher(result);
            StringBuilder without = new StringBuilder();
            int copied = 0;
            for (int at = result.indexOf(known); at >= 0; at = result.indexOf(known, at)) {
                int end = at + known.length();
                if (!notNames || !sign.region(end, result.length()).lookingAt()) {
                    without.append(result, copied, at).append(REDACTED);
                    copied = end;
                }
                at = end;
            }
            result = without.append(result, copied, result.length()).toString();
        }
        if (result.endsWith(CUT_OFF)) {
            int end = result.length() - CUT_OFF.length();
            for (int length = Math.min(known.length(), end); length >= LEAST_LENGTH_OF_A_CUT_VALUE; length--) {
                if (result.regionMatches(end - length, known, 0, length)) {
                    return result.substring(0, end - length) + REDACTED + CUT_OFF;
                }
            }
        }
        return result;
    }

    /** A value that goes under a name, without secrets: hidden whole where the name says so. */
    public @Nullable Object value(String name, @Nullable Object value) {
        if (value == null || value instanceof Map<?, ?>) {
            return value != null && SecretNames.hideWhatever(name) ? REDACTED : tree(value);
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
        String option = "";
        for (Object element : elements) {
            if (element instanceof String word) {
                redacted.add(word(option, word, redact));
                option = word.startsWith("-") && word.indexOf('=') < 0 ? word : "";
            } else {
                redacted.add(redact.apply(element));
                option = "";
            }
        }
        return redacted;
    }

    private static @Nullable Object word(String option, String word, UnaryOperator<@Nullable Object> redact) {
        int sign = word.indexOf('=');
        if (!word.startsWith("-") && SecretNames.hide(option, word)) {
            return REDACTED;
        }
        if (sign > 0 && isName(word.substring(0, sign)) && hide(word.substring(0, sign), word.substring(sign + 1))) {
            return word.substring(0, sign + 1) + REDACTED; // the whole word, blanks and commas included
        }
        return redact.apply(word);
    }

    private static String assignments(String text) {
        if (text.indexOf('=') < 0 && text.indexOf(':') < 0) {
            return text;
        }
        Matcher names = NAME.matcher(text);
        Matcher values = VALUE.matcher(text);
        StringBuilder result = null;
        int copied = 0;
        for (int at = 0; names.find(at); ) {
            at = names.end(); // what stands behind a harmless name may hold further names: "error: password=…"
            if (!mayHide(names.group(1), names.group(2))
                    || !values.region(at, text.length()).lookingAt()) {
                continue;
            }
            at = values.end();
            String value = values.group();
            if (!value.startsWith(REDACTED.substring(0, REDACTED.length() - 1)) && hide(names.group(1), value)) {
                result = result == null ? new StringBuilder() : result;
                result.append(text, copied, names.end()).append(REDACTED);
                copied = at;
            }
        }
        return result == null
                ? text
                : result.append(text, copied, text.length()).toString();
    }

    /** "no such key: colour", "KeyError: 'loss'" and "KeyStore.java:42" are no secrets; "key=…" and "api_key: …" may be. */
    private static boolean mayHide(String name, String sign) {
        boolean sentence = sign.indexOf('=') < 0
                && (name.equalsIgnoreCase("key")
                        || name.equalsIgnoreCase("token")
                        || name.equalsIgnoreCase("pass")
                        || name.endsWith("Error")
                        || name.endsWith("Exception")
                        || SOURCE_FILE.matcher(name).find());
        return !sentence && hide(name, "");
    }

    /** A system property stands as {@code -Dtoken=…} on a command line, a project property as {@code -Ptoken=…}. */
    private static boolean hide(String name, String value) {
        return SecretNames.hide(name, value)
                || ((name.startsWith("-D") || name.startsWith("-P")) && SecretNames.hide(name.substring(2), value));
    }

    /** Whether the text before a sign is a name alone, and no URL or script that has one at its end. */
    private static boolean isName(String text) {
        return text.chars().allMatch(c -> c == '_' || c == '.' || c == '-' || Character.isLetterOrDigit(c));
    }
}
