package io.plutorun.agent.edge;

import io.plutorun.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of whatever leaves the agent: by the name that a value goes under, by the shape of the value, and by the values of
 * this process's own secret environment variables.
 *
 * <p>It takes time in proportion to the length of a text, whatever the text is.
 */
public final class Redactor {

    /** What stands in a secret's place. */
    public static final String REDACTED = "[redacted]";

    /** What stands at the end of a text that was cut off. */
    static final String CUT_OFF = "\u2026";

    /** One example of each kind of secret. */
    private static final List<String> EVERY_KIND = List.of(
            "Authorization: Token x7kQ2wL9zR4tN8vB",
            "Bearer x7kQ2wL9zR4tN8vB",
            "Basic x7kQ2wL9zR4tN8vB=",
            "with password 'x7kQ2wL9zR4tN8vB'",
            "https://user:x7kQ2wL9zR4tN8vB@host",
            "jdbc:oracle:thin:user/x7kQ2wL9zR4tN8vB@host",
            "-----BEGIN PRIVATE KEY----- x7kQ2wL9zR4tN8vB",
            "curl -u user:x7kQ2wL9zR4tN8vB",
            "password=x7kQ2wL9zR4tN8vB",
            "<password>x7kQ2wL9zR4tN8vB</password>",
            "name: password, value: x7kQ2wL9zR4tN8vB");

    private final Map<String, String> environment;

    /** Made when it is needed first: it looks at every variable, and the start of a program should not wait for that. */
    private volatile @Nullable KnownValues knownValues;

    private final Seen cleanTexts = new Seen();
    private final Seen harmlessNames = new Seen();

    /** What was last said to be without secrets. */
    private volatile @Nullable Map<String, @Nullable Object> trusted;

    /**
     * Makes a redactor that knows the secrets of an environment.
     *
     * @param environment variables by name; the values of those whose names say that they are secrets are never let through
     */
    public Redactor(Map<String, String> environment) {
        this.environment = environment;
    }

    private KnownValues knownValues() {
        KnownValues known = knownValues;
        if (known == null) {
            known = new KnownValues(environment); // more than one thread may make it, and both come to the same
            knownValues = known;
        }
        return known;
    }

    /**
     * Whether a text holds something that is a secret by its shape, whatever it is called: a maker's token, a private key, a login in a
     * URL or a header. What a user names (a project, a run, a tag, an id) is never changed; with this in it, it must not be sent.
     */
    public static boolean hasTokenShape(String text) {
        return TokenShapes.areIn(text) || !Logins.redact(text).equals(text);
    }

    /** What a user names where a part of it can be replaced, such as a file's name: as it is, but for what is a secret by its shape. */
    public static String named(String text) {
        return hasTokenShape(text) ? Logins.redact(TokenShapes.replace(text, REDACTED)) : text;
    }

    /**
     * The secret environment variable whose value stands in a text. For what a user names, which is not changed: the value may be an
     * ordinary word, so that the user can only be warned.
     *
     * @return the variable's name
     */
    public Optional<String> secretVariableIn(String text) {
        return knownValues().variableIn(text);
    }

    /**
     * Looks once for each kind of secret. An expression is made for the first text that needs it, and that may be one which tells of a program
     * that has no memory left: with this behind it, none is missing then.
     */
    public void warmUp() {
        String unused = KnownValues.without("the value of a variable", "value", true);
        List<String> unusedToo = everyKind();
    }

    /** One text for each kind, from which the secret was taken out. */
    List<String> everyKind() {
        return EVERY_KIND.stream().map(this::redact).toList();
    }

    /** A text without the secrets in it. */
    public String text(String text) {
        if (cleanTexts.has(text)) {
            return text;
        }
        String redacted = redact(text);
        if (redacted.equals(text)) {
            cleanTexts.add(text);
        }
        return redacted;
    }

    private String redact(String text) {
        String result = text;
        List<String> present = knownValues().presentIn(result);
        for (String known : present) {
            result = KnownValues.without(result, known, true);
        }
        result = TokenShapes.replace(result, REDACTED);
        result = Logins.redact(result);
        result = Assignments.redact(result);
        for (String known : present) {
            result = KnownValues.without(result, known, false);
        }
        return result;
    }

    /** A value that goes under a name, without secrets: hidden whole where the name says so. */
    public @Nullable Object value(String name, @Nullable Object value) {
        SecretNames.Kind kind = kind(name);
        if (value == null || value instanceof Map<?, ?>) {
            return value != null && SecretNames.hideWhatever(kind) ? REDACTED : tree(value);
        }
        if (value instanceof Iterable<?> elements) {
            return list(elements, element -> value(name, element));
        }
        return SecretNames.hide(kind, name, value.toString(), false) ? REDACTED : tree(value);
    }

    private SecretNames.Kind kind(String name) {
        if (harmlessNames.has(name)) {
            return SecretNames.Kind.HARMLESS;
        }
        SecretNames.Kind kind = SecretNames.kind(name);
        if (kind == SecretNames.Kind.HARMLESS) {
            harmlessNames.add(name);
        }
        return kind;
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

    /**
     * Says that the secrets were taken out of an object, which many runs have in common and nobody changes. It is not looked through again,
     * until this is said of another one.
     */
    public void trust(Map<String, @Nullable Object> object) {
        trusted = object;
    }

    /** A JSON object without secrets. */
    public Map<String, @Nullable Object> object(Map<String, @Nullable Object> object) {
        if (object == trusted) {
            return object;
        }
        Map<String, @Nullable Object> redacted = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            String named = NameValuePairs.nameOf(name, object);
            Object known = named != null ? value(named, value) : value;
            redacted.put(text(name), value(name, known));
        });
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
        if (sign > 0
                && isName(word.substring(0, sign))
                && Assignments.hide(word.substring(0, sign), word.substring(sign + 1))) {
            return word.substring(0, sign + 1) + REDACTED; // the whole word, blanks and commas included
        }
        Object redacted = redact.apply(word);
        boolean valueIsHidden = sign > 0
                && isName(word.substring(0, sign))
                && redacted instanceof String text
                && text.startsWith(word.substring(0, sign + 1) + REDACTED);
        return valueIsHidden ? word.substring(0, sign + 1) + REDACTED : redacted;
    }

    /** Whether the text before a sign is a name alone, and no URL or script that has one at its end. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '_' && c != '.' && c != '-' && !Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return true;
    }

    /** Short texts of which something is known: the same names and values come with every run. For several threads; it may forget. */
    private static final class Seen {

        private static final int SIZE = 256;
        private static final int MAX_LENGTH = 64;

        private final @Nullable String[] texts = new String[SIZE];

        boolean has(String text) {
            return text.length() <= MAX_LENGTH && text.equals(texts[place(text)]);
        }

        void add(String text) {
            if (text.length() <= MAX_LENGTH) {
                texts[place(text)] = text;
            }
        }

        private static int place(String text) {
            int hash = text.hashCode();
            return (hash ^ hash >>> 16) & (SIZE - 1);
        }
    }
}
