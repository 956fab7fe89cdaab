package io.plutorun.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * P7 over two tables of examples, {@code hide.txt} and {@code leave.txt}: each is put wherever such things stand, on command lines, in
 * JSON, URLs, headers, exception messages, alone and in the middle, and what comes of it is counted.
 */
class RedactorExamplesTest {

    private static final String NEWLINE = "␤";
    private static final Redactor REDACTOR = new Redactor(Map.of());
    private static final Pattern QUOTES_OF_VALUE = Pattern.compile("(\\\\?\")%s\\1(?![^%]*%s)");
    private static final Pattern MARKED = Pattern.compile("⟦([^⟧]*)⟧");

    /** Where a value may stand on its own. */
    private static final List<String> PLACES = List.of(
            "%s",
            "%s behind",
            "before %s",
            "before %s behind",
            "before\n%s\nbehind",
            "'%s'",
            "\"%s\"",
            "(%s)",
            "[a, %s, b]",
            "%s, and more",
            "java.io.IOException: 401 for %s",
            "failed: <%s>",
            "java -Dx=%s -jar train.jar --lr 0.1",
            "train --data %s --lr 0.1",
            "train --data=%s --lr 0.1",
            "X=%s java -jar train.jar",
            "{\"a\":\"%s\",\"lr\":0.1}",
            "{\\\"a\\\":\\\"%s\\\"}",
            "a: %s",
            "X-Thing: %s",
            "https://host.example/a?q=%s&b=2",
            "{a=%s, lr=0.1}");

    /** Where a name and its value may stand. */
    private static final List<String> PAIRS = List.of(
            "%s=%s",
            "%s=%s behind",
            "before %s=%s",
            "before %s=%s behind",
            "%s = %s",
            "%s=%s, lr=0.1",
            "%s=%s,lr=0.1",
            "{%s=%s, lr=0.1}",
            "Config(%s=%s, lr=0.1)",
            "%s=%s;lr=0.1",
            "a\n%s=%s\nb",
            "%s=\"%s\"",
            "%s => %s",
            "{\"%s\":\"%s\",\"lr\":0.1}",
            "{\"%s\": \"%s\"}",
            "{\\\"%s\\\":\\\"%s\\\"}",
            "java.lang.IllegalStateException: bad config %s=%s, lr=0.1",
            "java -D%s=%s -jar train.jar",
            "train --%s=%s --lr 0.1",
            "train --lr 0.1 --%s %s",
            "train --%s %s --lr 0.1",
            "export %s=%s",
            "https://host.example/a?b=1&%s=%s",
            "https://host.example/a?%s=%s&b=1");

    private final List<String> wrong = new ArrayList<>();
    private int right;

    private static List<String> table(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RedactorExamplesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private void count(boolean isRight, String input, String result) {
        if (isRight) {
            right++;
        } else {
            wrong.add(input + "\n    -> " + result);
        }
    }

    private void mustHide(String input, String secret) {
        String result = REDACTOR.text(input);
        count(!result.contains(secret) && result.contains(Redactor.REDACTED), input, result);
    }

    /** The value is replaced as a whole, perhaps with its quotes, and nothing else is. */
    private void mustHideExactly(String place, String name, String value) {
        String input = String.format(place, name, value);
        String result = REDACTOR.text(input);
        String withoutQuotes = QUOTES_OF_VALUE.matcher(place).replaceAll("%s");
        boolean exact = Stream.of(place, withoutQuotes)
                .anyMatch(expected -> result.equals(String.format(expected, name, Redactor.REDACTED)));
        count(exact, input, result);
    }

    private void mustLeave(String input) {
        String result = REDACTOR.text(input);
        count(result.equals(input), input, result);
    }

    /** Prints the share, which is what the redactor is judged by; each miss fails. */
    private void report(String measure, int examples) {
        System.out.printf(
                "redactor: %s %.4f (%d of %d places of %d examples)%n",
                measure, (double) right / (right + wrong.size()), right, right + wrong.size(), examples);
        assertThat(examples).isGreaterThanOrEqualTo(150);
        assertThat(wrong).as(measure).isEmpty();
    }

    @Test
    void P7_recall_what_must_be_hidden_is_hidden_wherever_it_stands() throws Exception {
        List<String> examples = table("hide.txt");
        for (String example : examples) {
            String[] parts = example.split(" ", 3);
            switch (parts[0]) {
                case "token" -> hideToken(parts[1], parts[2].split(" "));
                case "pair" -> hidePair(parts[1], parts[2]);
                default -> hideText(example.substring("text ".length()));
            }
        }
        report("recall", examples.size());
    }

    private void hideToken(String prefix, String[] body) {
        for (int seed = 0; seed < 3; seed++) {
            String drawn = drawn(body[0], Integer.parseInt(body[1]), new Random(prefix.hashCode() + seed));
            for (String place : PLACES) {
                mustHide(String.format(place, prefix + drawn), drawn);
            }
            count(Redactor.hasTokenShape("run-" + prefix + drawn), "hasTokenShape of run-" + prefix + drawn, "false");
            inTree("a", prefix + drawn, drawn);
        }
    }

    private static String drawn(String alphabet, int length, Random random) {
        String capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        String digits = "0123456789";
        String small = capitals.toLowerCase(Locale.ROOT);
        String letters = switch (alphabet) {
            case "hex" -> digits + "abcdef";
            case "hexdash" -> digits + "abcdef" + digits + "abcdef-";
            case "hexunder" -> digits + "abcdef" + digits + "abcdef_";
            case "upper" -> capitals + "234567";
            case "lower" -> small + digits;
            case "alnum", "dashedalnum" -> capitals + small + digits;
            case "word" -> capitals + small + digits + "_";
            case "dashed" -> capitals + small + digits + "_-";
            case "dotted" -> capitals + small + digits + "_-.";
            case "dotupper" -> capitals + digits + capitals + digits + ".";
            case "dashdigit" -> capitals + digits + digits + "-";
            case "base64" -> capitals + small + digits + "+/";
            default -> throw new IllegalArgumentException(alphabet);
        };
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            boolean end = text.length() == 0 || text.length() == length - 1;
            char c = letters.charAt(random.nextInt(letters.length()));
            if (!end || Character.isLetterOrDigit(c)) {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void hidePair(String name, String value) {
        for (String place : PAIRS) {
            boolean quoteInQuotes = value.contains("'") && place.contains("'%s'");
            if (!quoteInQuotes) {
                variants(name).forEach(variant -> mustHideExactly(place, variant, value));
            }
        }
        variants(name).forEach(variant -> inTree(variant, value, value));
        String words = String.valueOf(REDACTOR.commandLine(List.of("train", "--" + name, value, "--lr", "0.1")));
        count(!words.contains(value), "words --" + name + " " + value, words);
    }

    private void inTree(String name, String value, String secret) {
        String tree = String.valueOf(REDACTOR.tree(Map.of("a", List.of(Map.of(name, value, "lr", 0.1)))));
        count(!tree.contains(secret), "tree " + name + " " + value, tree);
    }

    /** A name that is not written in humps may be written in capitals, as variables are, or in small letters. */
    private static Stream<String> variants(String name) {
        boolean humps = Pattern.compile("[a-z][A-Z]").matcher(name).find();
        return humps
                ? Stream.of(name)
                : Stream.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))
                        .distinct();
    }

    private void hideText(String example) {
        String marked = example.replace(NEWLINE, "\n");
        String text = marked.replace("⟦", "").replace("⟧", "");
        for (String place : List.of("%s", "before %s", "%s\nbehind", "before\n%s\nbehind")) {
            String input = String.format(place, text);
            String result = REDACTOR.text(input);
            String expected = MARKED.matcher(String.format(place, marked)).replaceAll("[redacted]");
            count(result.equals(expected), input, result);
        }
    }

    @Test
    void precision_what_must_be_left_alone_is_left_wherever_it_stands() throws Exception {
        List<String> examples = table("leave.txt");
        for (String example : examples) {
            String[] parts = example.split(" ", 3);
            if (parts[0].equals("pair")) {
                leavePair(parts[1], parts[2]);
            } else {
                leaveText(example.substring("text ".length()));
            }
        }
        report("precision", examples.size());
    }

    private void leavePair(String name, String value) throws Json.SyntaxException {
        for (String place : PAIRS) {
            variants(name).forEach(variant -> mustLeave(String.format(place, variant, value)));
        }
        mustLeave(name + ": " + value);
        mustLeave("  " + name + ": " + value + "\n  lr: 0.1");
        Map<String, Object> tree = Map.of("a", Map.of(name, value, "list", List.of(Map.of(name, List.of(value)))));
        count(tree.equals(REDACTOR.tree(tree)), "tree " + tree, String.valueOf(REDACTOR.tree(tree)));
        Object json = Json.parse(Json.write(tree));
        count(Objects.equals(json, REDACTOR.tree(json)), "tree " + json, String.valueOf(REDACTOR.tree(json)));
        List<String> words = List.of("train", "--" + name, value, "--" + name + "=" + value, "-D" + name + "=" + value);
        List<String> left = REDACTOR.commandLine(words);
        count(left.equals(words), "words " + words, left.toString());
        count(!Redactor.hasTokenShape(name + "-" + value), "hasTokenShape of " + name + "-" + value, "true");
    }

    private void leaveText(String example) {
        String text = example.replace(NEWLINE, "\n");
        for (String place : List.of("%s", "before %s", "%s\nbehind", "before\n%s\nbehind", "pluto: %s", "(%s)")) {
            mustLeave(place.replace("%s", text));
        }
        count(List.of(text).equals(REDACTOR.tree(List.of(text))), "list of " + text, "changed");
        count(!Redactor.hasTokenShape(text), "hasTokenShape of " + text, "true");
    }
}
