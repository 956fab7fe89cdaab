package io.plutorun.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.json.Json;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** P7 over generated texts: what a redactor must never let through, and what it must leave alone. */
class RedactorPropertiesTest {

    private static final long NOISE_NANOS = 2_000_000;

    private static final Redactor REDACTOR = new Redactor(Map.of());

    /** No '=' and no ':', so that it never hides the secret for another reason than the one under test. */
    private static final String HARMLESS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJ 0123456789 .,;!?()[]{}<>|%$#\t\n äß√";

    /**
     * A generated secret.
     *
     * @param text as it stands in a text
     * @param core the part that must not survive
     */
    record Secret(String text, String core) {}

    private static StringArbitrary letters() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9');
    }

    private static Arbitrary<Secret> shaped(String prefix, StringArbitrary body, int least, int most) {
        return body.ofMinLength(least).ofMaxLength(most).map(text -> new Secret(prefix + text, text));
    }

    /** Every maker's shape. */
    @Provide
    Arbitrary<Secret> tokens() {
        StringArbitrary capitals = Arbitraries.strings().withCharRange('A', 'Z').withCharRange('0', '9');
        Arbitrary<String> base64 = letters().ofMinLength(8).ofMaxLength(60);
        return Arbitraries.oneOf(
                shaped("mlps_", letters(), 8, 64),
                shaped("mlpi_", letters(), 8, 64),
                shaped("AKIA", capitals, 16, 16),
                shaped("ASIA", capitals, 16, 16),
                shaped("ghp_", letters(), 36, 36),
                shaped("gho_", letters(), 36, 36),
                shaped("ghu_", letters(), 36, 36),
                shaped("ghs_", letters(), 36, 36),
                shaped("ghr_", letters(), 36, 76),
                shaped("github_pat_", letters().withChars('_'), 82, 82),
                shaped("glpat-", letters().withChars('_', '-'), 20, 50),
                shaped("hf_", letters(), 34, 40),
                shaped("sk-", letters(), 20, 48),
                shaped("sk-proj-", letters().withChars('_', '-'), 40, 160),
                shaped("xoxb-", letters().withChars('-'), 24, 72),
                shaped("xoxp-", letters().withChars('-'), 24, 72),
                shaped("npm_", letters(), 36, 36),
                shaped("pypi-", letters().withChars('_', '-'), 50, 180),
                shaped("AIza", letters().withChars('_', '-'), 35, 35),
                Combinators.combine(base64, base64, base64)
                        .as((head, claims, signature) ->
                                new Secret("eyJ" + head + ".eyJ" + claims + "." + signature, signature)),
                Combinators.combine(
                                Arbitraries.of("", "RSA ", "EC ", "ENCRYPTED ", "OPENSSH "),
                                letters().withChars('+', '/').ofMinLength(64).ofMaxLength(400),
                                Arbitraries.of("\n", "\r\n", "\\n", " "))
                        .as((kind, body, end) -> new Secret(
                                "-----BEGIN " + kind + "PRIVATE KEY-----" + end + body + end + "-----END " + kind
                                        + "PRIVATE KEY-----",
                                body)),
                Combinators.combine(
                                Arbitraries.of("https", "postgresql", "redis", "mongodb+srv", "s3"),
                                letters().ofMinLength(1).ofMaxLength(20),
                                letters()
                                        .withChars("!$%&()*+,-.;=@_~")
                                        .ofMinLength(8)
                                        .ofMaxLength(40))
                        .as((scheme, user, password) ->
                                new Secret(scheme + "://" + user + ":" + password + "@host.example/x", password)));
    }

    /** What stands before and behind it: nothing that could be a part of it. */
    @Provide
    Arbitrary<String> surroundings() {
        return Arbitraries.strings().withChars(HARMLESS).withChars("=:\"'/@&").ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> ordinary() {
        return Arbitraries.strings().withChars(HARMLESS).ofMaxLength(300);
    }

    /** Words that name secrets here and other things there. */
    private static final List<String> WORDS = List.of(
            "key",
            "keys",
            "token",
            "tokens",
            "password",
            "secret",
            "credentials",
            "pass",
            "cookie",
            "auth",
            "signature",
            "authorization",
            "bearer",
            "basic",
            "api",
            "access");

    /** What says of a key or a token that it is none that lets somebody in. */
    private static final List<String> PLAIN = List.of(
            "sort",
            "cache",
            "partition",
            "foreign",
            "pad",
            "unk",
            "eos",
            "bos",
            "mask",
            "image",
            "metric",
            "label",
            "join",
            "row",
            "rng",
            "stop",
            "max",
            "num");

    private static final List<String> ORDINARY_VALUES =
            List.of("user_id", "val_loss", "UNK", "<pad>", "0", "42", "true", "resnet50", "adam", "country", "none");

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(WORDS);
    }

    @Provide
    Arbitrary<String> plainWords() {
        return Arbitraries.of(PLAIN);
    }

    @Provide
    Arbitrary<String> ordinaryValues() {
        return Arbitraries.of(ORDINARY_VALUES);
    }

    @Provide
    Arbitrary<String> joints() {
        return Arbitraries.of("_", "-", ".");
    }

    /** A sentence of any of the words, with no sign between a name and a value, and with ordinary words among them. */
    @Provide
    Arbitrary<String> sentences() {
        return Arbitraries.oneOf(
                        Arbitraries.of(WORDS),
                        Arbitraries.of(WORDS).map(word -> word.toUpperCase(Locale.ROOT)),
                        Arbitraries.of("the", "of", "training", "loss", "3", "is", "wrong", "ResNet50", "(", ")", ","))
                .list()
                .ofMaxSize(20)
                .map(words -> String.join(" ", words));
    }

    /** Names whose values are secrets, as people write them. */
    @Provide
    Arbitrary<String> secretNames() {
        return Arbitraries.of(
                "DB_PASSWORD",
                "AWS_SECRET_ACCESS_KEY",
                "HF_TOKEN",
                "API_KEY",
                "PGPASSWORD",
                "client_secret",
                "SMTP_PASS",
                "service.credentials",
                "authToken",
                "PRIVATE_KEY");
    }

    /** Values that people have for secrets, with whatever a keyboard gives. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(10).ofMaxLength(50),
                Arbitraries.strings()
                        .withCharRange('!', '~')
                        .withChars(" \"\\\näöü€\t")
                        .ofMinLength(12)
                        .ofMaxLength(50)
                        .filter(value -> value.strip().length() >= 10),
                Arbitraries.of(
                        "password", "password123", "secret-token", "api_key=1", "hunter2hunter2", "bearer token"));
    }

    @Property(tries = 2000)
    void P7_no_token_survives_in_a_text(
            @ForAll("tokens") Secret secret,
            @ForAll("surroundings") String before,
            @ForAll("surroundings") String behind) {
        assertThat(REDACTOR.text(before + " " + secret.text() + " " + behind)).doesNotContain(secret.core());
    }

    @Property(tries = 1000)
    void P7_no_token_survives_in_JSON_in_a_tree_or_on_a_command_line(
            @ForAll("tokens") Secret secret, @ForAll("ordinary") String other) throws Json.SyntaxException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("a", List.of(other, Map.of("b", secret.text()), 1L));
        tree.put(secret.text(), other);
        String json = Json.write(tree);

        assertThat(String.valueOf(REDACTOR.tree(Json.parse(json)))).doesNotContain(secret.core());
        assertThat(REDACTOR.text(json)).doesNotContain(secret.core());
        assertThat(REDACTOR.text(Json.write(json))).as("JSON in JSON").doesNotContain(secret.core());
        List<String> words = List.of("train", "--data=" + secret.text(), "-Dx=" + secret.text(), secret.text(), other);
        assertThat(REDACTOR.commandLine(words)).noneMatch(word -> word.contains(secret.core()));
    }

    @Property(tries = 1000)
    void P7_what_goes_under_a_secret_name_is_hidden(
            @ForAll("secretNames") String name, @ForAll("values") String value) {
        Assume.that(!value.matches("[/.~][\\p{L}\\d/._~: -]*")); // the place of a file that holds the secret is shown
        assertThat(REDACTOR.commandLine(List.of("-D" + name + "=" + value, "--" + name + "=" + value)))
                .containsExactly("-D" + name + "=" + Redactor.REDACTED, "--" + name + "=" + Redactor.REDACTED);
        if (!value.startsWith("-") && !(value.startsWith("[") || value.startsWith("<"))) {
            assertThat(REDACTOR.commandLine(List.of("--" + name, value))).doesNotContain(value);
        }
        assertThat(String.valueOf(REDACTOR.tree(Map.of("a", List.of(Map.of(name, value + value))))))
                .doesNotContain(value);
    }

    @Property(tries = 2000)
    void P7_the_value_of_a_secret_variable_passes_in_no_form(
            @ForAll("secretNames") String name,
            @ForAll("values") String given,
            @ForAll("surroundings") String before,
            @ForAll("surroundings") String behind) {
        String value = given.strip();
        Redactor redactor = new Redactor(Map.of(name, given));
        List<String> forms = List.of(
                value,
                Json.write(value).substring(1, Json.write(value).length() - 1),
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
                Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        for (String form : forms) {
            if (!Redactor.REDACTED.contains(form)) {
                for (String text : List.of(
                        form,
                        before + form + behind,
                        before + " " + form + " " + behind,
                        "x=" + form,
                        "password=" + form + behind)) {
                    String left = redactor.text(text);
                    assertThat(left.replace(Redactor.REDACTED, "\0")).as(text).doesNotContain(form);
                }
            }
        }
        Map<String, Object> tree = Map.of("a", List.of(before + value), "b", Map.of(value, value + behind));
        assertThat(String.valueOf(redactor.tree(tree)).replace(Redactor.REDACTED, "\0"))
                .doesNotContain(value);
    }

    @Property(tries = 1000)
    void P7_a_text_that_was_cut_off_within_a_secret_keeps_none_of_it(
            @ForAll("ordinary") String before, @ForAll("values") String given) {
        String value = given.strip();
        Redactor redactor = new Redactor(Map.of("DB_PASSWORD", given));
        for (int length = 6; length < value.length(); length++) {
            assertThat(redactor.text(before + value.substring(0, length) + "\u2026"))
                    .endsWith(Redactor.REDACTED + "\u2026");
        }
    }

    @Property(tries = 2000)
    void redacting_again_changes_nothing(
            @ForAll("tokens") Secret secret,
            @ForAll("secretNames") String name,
            @ForAll("values") String value,
            @ForAll("surroundings") String around) {
        Redactor redactor = new Redactor(Map.of(name, value));
        for (String text : List.of(
                around + secret.text() + around,
                name + "=" + value + around,
                around + "\"" + name + "\": \"" + value + "\"",
                "Authorization: Bearer " + value,
                around + value)) {
            String once = redactor.text(text);
            assertThat(redactor.text(once)).as(text).isEqualTo(once);
        }
    }

    @Property(tries = 2000)
    void ordinary_text_is_left_alone(@ForAll("ordinary") String text) {
        assertThat(REDACTOR.text(text)).isEqualTo(text);
        assertThat(REDACTOR.tree(List.of(Map.of("a", text)))).isEqualTo(List.of(Map.of("a", text)));
    }

    @Property(tries = 2000)
    void a_sentence_about_keys_and_passwords_is_left_alone(@ForAll("sentences") String sentence) {
        assertThat(REDACTOR.text(sentence)).isEqualTo(sentence);
    }

    @Property(tries = 2000)
    void a_key_or_token_of_another_kind_is_left_alone(
            @ForAll("words") String first,
            @ForAll("plainWords") String plain,
            @ForAll("joints") String joint,
            @ForAll boolean capitals,
            @ForAll boolean isKey,
            @ForAll("ordinaryValues") String value) {
        String end = plain + joint + (isKey ? "key" : "token");
        for (String name : List.of(end, first + joint + end)) {
            if (!SecretNames.hideWhatever(SecretNames.kind(name))) {
                String written = capitals ? name.toUpperCase(Locale.ROOT) : name;
                for (String sign : List.of("=", ": ", " = ", "=>")) {
                    assertThat(REDACTOR.text(written + sign + value)).isEqualTo(written + sign + value);
                }
                Map<String, Object> tree = Map.of(written, value);
                assertThat(REDACTOR.tree(tree)).isEqualTo(tree);
            }
        }
        assertThat(SecretNames.hideWhatever(SecretNames.kind(end))).isFalse();
    }

    @Property(tries = 2000)
    void P7_whatever_stands_before_it_a_password_is_hidden(
            @ForAll("words") String first,
            @ForAll("plainWords") String plain,
            @ForAll("joints") String joint,
            @ForAll boolean capitals,
            @ForAll("values") String value,
            @ForAll("surroundings") String before) {
        for (String end : List.of("password", "passwd", "secret", "passphrase")) {
            String name = first + joint + plain + joint + end;
            String written = capitals ? name.toUpperCase(Locale.ROOT) : name;
            assertThat(REDACTOR.tree(Map.of(written, value))).isEqualTo(Map.of(written, Redactor.REDACTED));
            String json = Json.write(Map.of(written, value));
            assertThat(REDACTOR.text(before + " " + json)).doesNotContain(Json.write(value));
        }
    }

    /** A comma, a bracket or a quote in the middle does not end it. */
    @Property(tries = 2000)
    void P7_a_password_without_blanks_is_hidden_whole(
            @ForAll("secretNames") String name, @ForAll("parts") List<String> parts) {
        String value = "Zq" + String.join("", parts) + "Qz";
        assertThat(REDACTOR.text("before " + name + "=" + value + " behind"))
                .isEqualTo("before " + name + "=" + Redactor.REDACTED + " behind");
        assertThat(REDACTOR.text("{" + name + "=" + value + ", lr=0.1}"))
                .isEqualTo("{" + name + "=" + Redactor.REDACTED + ", lr=0.1}");
    }

    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.of(
                        "a1,b", "c2;d", "e3&f", "g)h", "i}j", "k]l", "m'n", "o\"p", "q/r", "s+t", "u@v", "w!x", "y#z",
                        "{0")
                .list()
                .ofMaxSize(6);
    }

    /**
     * Fragments that the expressions begin, go on and end with, in any order: any that backtracks is at work for hours. A line 16 times as
     * long takes 16 times the work, a square of it 256 times.
     */
    @Property(tries = 60)
    void P3_a_line_of_a_megabyte_takes_its_length_in_time(@ForAll("fragments") List<String> fragments) {
        String unit = String.join("", fragments);
        long before = work(unit, 1 << 12);
        for (int length = 1 << 16; length <= 1 << 20; length <<= 4) {
            long work = work(unit, length);
            assertThat(work).as("%d characters of \"%s\"", length, unit).isLessThan(100 * before);
            before = work;
        }
    }

    /** One word, in which each name has all the rest for its value: it took the square of its length once. */
    @Example
    void P3_a_word_of_many_names_takes_its_length_in_time() {
        P3_a_line_of_a_megabyte_takes_its_length_in_time(List.of("secret='", "key", "="));
    }

    /** A line that cost the square of its length once: each {@code _eyJ} begins a token that goes on to the end. */
    @Example
    void P3_a_long_word_of_many_beginnings_takes_its_length_in_time() {
        P3_a_line_of_a_megabyte_takes_its_length_in_time(List.of("eyJ", "mlps_", "_"));
    }

    /** Nanoseconds of this thread's own, whatever else the machine is doing; the best of three, and never less than could be noise. */
    private static long work(String unit, int length) {
        String line = unit.repeat(length / unit.length() + 1);
        Redactor redactor = new Redactor(Map.of("DB_PASSWORD", "aaaaaaaaaaaaaaaaaaaaaaab", "A_TOKEN", "=:=:=:=:=:"));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < (length > 1 << 16 ? 1 : 3); i++) {
            long start = threads.getCurrentThreadCpuTime();
            assertThat(redactor.text(line)).isNotEmpty();
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        return Math.max(best, NOISE_NANOS);
    }

    @Provide
    Arbitrary<List<String>> fragments() {
        return Arbitraries.of(
                        "a",
                        "A",
                        "0",
                        " ",
                        "\"",
                        "'",
                        "\\",
                        "=",
                        ":",
                        "=>",
                        "@",
                        "/",
                        "://",
                        ".",
                        "-",
                        "_",
                        "[",
                        "]",
                        ",",
                        "password",
                        "key",
                        "token",
                        "mlps_",
                        "AKIA",
                        "ghp_",
                        "sk-",
                        "eyJ",
                        "eyJaaaaaaaa.",
                        "bearer ",
                        "basic ",
                        "authorization: ",
                        "-----BEGIN PRIVATE KEY-----",
                        "-----END ",
                        "https://a:",
                        "-D",
                        "aaaaaaaaaaaaaaaa",
                        "\n",
                        "\t",
                        "\u2026",
                        "cookie: ",
                        "--password ",
                        "<token>",
                        "</token>",
                        "jdbc:oracle:thin:a/",
                        "a/b@",
                        "//",
                        ".atlasv1.",
                        "Q~",
                        "eyJaaaaaaaa.eyJ",
                        "ya29.",
                        "dapi",
                        "password=\\\"",
                        "secret='",
                        "&",
                        ";",
                        "Credential=a, ",
                        "curl -u a:",
                        "mysql -p",
                        "password: |\n ",
                        "with password '",
                        "machine a login b password ",
                        "--password, ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** A square law would make the second a hundred times the first. */
    @Example
    void P3_ten_times_the_text_takes_about_ten_times_the_time() {
        List<String> units = new ArrayList<>(List.of("-----BEGIN PRIVATE KEY-----", "://a:a@", "a=", "://a:", "\"\\"));
        units.addAll(List.of(
                "password=\"", "value=", "name=password value=\"", "value>", "put(\"password\",\"", "+value: x "));
        units.addAll(List.of(
                "curl -u ", "curl ", "mysql -p'", "key: |\n ", "with password '", "machine a login ", "--token, <"));
        for (String unit : units) {
            String small = unit.repeat(100_000 / unit.length());
            String large = unit.repeat(1_000_000 / unit.length());
            fastest(small); // the compiler's turn
            long ratio = fastest(large) / Math.max(200_000, fastest(small));
            assertThat(ratio).as("times longer, for %s", unit).isLessThan(60);
        }
    }

    private static long fastest(String text) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long began = System.nanoTime();
            REDACTOR.text(text);
            least = Math.min(least, System.nanoTime() - began);
        }
        return least;
    }
}
