package io.plutorun.agent.settings;

import io.plutorun.agent.json.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an option is written.
 *
 * @param description for the table of options: what a person may write
 * @param parser turns the text into a value; an {@link IllegalArgumentException} says, for a person, what is expected
 * @param <T> what the value is
 */
public record OptionType<T>(String description, Parser<T> parser) {

    /** Reads a text. */
    @FunctionalInterface
    public interface Parser<T> {
        /**
         * Reads a text that is not blank.
         *
         * @throws IllegalArgumentException whose message completes "… is not understood: "
         */
        T parse(String text);
    }

    private static final int MAX_PORT = 0xFFFF;

    /** Without blanks around it: a variable that is filled from a file often ends with the file's line. */
    static final OptionType<String> TEXT = new OptionType<>("text", String::strip);

    /** As it is: blanks count in a regular expression. */
    static final OptionType<String> EXPRESSION = new OptionType<>("text", text -> text);

    static final OptionType<Boolean> FLAG = new OptionType<>("`true` or `false`", OptionType::flag);

    static final OptionType<Duration> DURATION =
            new OptionType<>("duration: `500ms`, `10s`, `2m`", OptionType::duration);

    static final OptionType<URI> URL = new OptionType<>("URL", OptionType::url);

    static final OptionType<List<String>> LIST = new OptionType<>("comma-separated", OptionType::list);

    static final OptionType<Map<String, @Nullable Object>> JSON_OBJECT =
            new OptionType<>("JSON object", OptionType::object);

    static OptionType<Integer> integer(int least, int most) {
        return new OptionType<>("number from " + least + " to " + most, text -> {
            int number;
            try {
                number = Integer.parseInt(text.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("a number is expected");
            }
            if (number < least || number > most) {
                throw new IllegalArgumentException("a number from " + least + " to " + most + " is expected");
            }
            return number;
        });
    }

    static OptionType<Duration> duration(Duration least, Duration most) {
        String range = "from " + text(least) + " to " + text(most);
        return new OptionType<>("duration " + range, text -> {
            Duration duration = duration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("a duration " + range + " is expected");
            }
            return duration;
        });
    }

    static OptionType<Long> bytes(long least) {
        return new OptionType<>("bytes: `500MB`, `64MiB`, `1GiB`", text -> {
            long bytes = bytes(text);
            if (bytes < least) {
                throw new IllegalArgumentException("at least " + least + " bytes are expected");
            }
            return bytes;
        });
    }

    private static long bytes(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        int unit = startOfUnit(trimmed);
        long bytesPerUnit = switch (trimmed.substring(unit)) {
            case "", "b" -> 1;
            case "kb" -> 1_000;
            case "mb" -> 1_000_000;
            case "gb" -> 1_000_000_000;
            case "kib", "k" -> 1L << 10;
            case "mib", "m" -> 1L << 20;
            case "gib", "g" -> 1L << 30;
            default -> 0;
        };
        try {
            if (bytesPerUnit > 0) {
                return Math.multiplyExact(
                        Long.parseLong(trimmed.substring(0, unit).strip()), bytesPerUnit);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // told below
        }
        throw new IllegalArgumentException("a number of bytes such as 500MB, 64MiB or 1GiB is expected");
    }

    /** Where the letters behind a number begin. */
    private static int startOfUnit(String text) {
        int unit = text.length();
        while (unit > 0 && Character.isLetter(text.charAt(unit - 1))) {
            unit--;
        }
        return unit;
    }

    static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ")
                    .append('`')
                    .append(lower(constant))
                    .append('`');
        }
        return new OptionType<>(names.toString(), text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text.strip())) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("one of " + names.toString().replace("`", "") + " is expected");
        });
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("true or false is expected");
        };
    }

    private static Duration duration(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        int unit = startOfUnit(trimmed);
        long nanosPerUnit = switch (trimmed.substring(unit)) {
            case "ms" -> 1_000_000L;
            case "s", "" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw new IllegalArgumentException("a duration such as 500ms, 10s or 2m is expected");
        };
        try {
            String number = trimmed.substring(0, unit).strip();
            if (isShortWholeNumber(number)) { // as most are: without the classes of the JDK for all others
                return Duration.ofNanos(Math.multiplyExact(Long.parseLong(number), nanosPerUnit));
            }
            BigDecimal amount = new BigDecimal(number);
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("a duration can't be negative");
            }
            return Duration.ofNanos(
                    amount.multiply(BigDecimal.valueOf(nanosPerUnit)).longValueExact());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a duration such as 500ms, 10s or 2m is expected");
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a duration of less than 292 years, in whole nanoseconds, is expected");
        }
    }

    private static boolean isShortWholeNumber(String number) {
        boolean isWhole = !number.isEmpty() && number.length() <= 9;
        for (int i = 0; isWhole && i < number.length(); i++) {
            isWhole = number.charAt(i) >= '0' && number.charAt(i) <= '9';
        }
        return isWhole;
    }

    /** A duration as a person writes it. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static URI url(String text) {
        String trimmed = text.strip();
        while (trimmed.endsWith("/")) { // a trailing slash would make //api/…, which the server answers with 404
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        try {
            URI url = new URI(trimmed);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http
                    && url.getHost() != null
                    && url.getPort() <= MAX_PORT
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
            if (http
                    && url.getHost() == null
                    && url.getRawAuthority() != null
                    && url.getRawAuthority().indexOf('_') >= 0) {
                throw new IllegalArgumentException(
                        "a host name can't hold an underscore (RFC 1123); use the host's address, or another name for it");
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException("a URL such as https://pluto.example.com is expected");
    }

    private static List<String> list(String text) {
        List<String> elements = new ArrayList<>();
        for (String element : text.split(",", -1)) {
            if (!element.isBlank()) {
                elements.add(element.strip());
            }
        }
        return elements;
    }

    private static Map<String, @Nullable Object> object(String text) {
        try {
            return Json.parseObject(text);
        } catch (Json.SyntaxException e) {
            throw new IllegalArgumentException(
                    "a JSON object such as {\"lr\": 0.1} is expected (" + e.getMessage() + ")");
        }
    }
}
