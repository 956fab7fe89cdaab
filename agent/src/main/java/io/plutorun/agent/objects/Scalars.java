package io.plutorun.agent.objects;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Values of the JDK that are one number, truth value or text. */
final class Scalars {

    /** Some 1,200 digits. To write a number of millions of digits out takes minutes. */
    private static final int MAX_DIGITS_BITS = 4096;

    private static final int MAX_SCALE = 4096;

    /** The JDK has others, but {@code LongAccumulator} and its like call the program's functions to find their value. */
    private static final Set<Class<?>> NUMBERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class);

    /** Classes whose {@code toString} is what a person writes for the value, and no code but the JDK's. */
    private static final Set<String> TEXTS = Set.of(
            "java.net.URI",
            "java.time.Duration",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.MonthDay",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.Period",
            "java.time.Year",
            "java.time.YearMonth",
            "java.time.ZoneOffset",
            "java.time.ZoneRegion",
            "java.time.ZonedDateTime",
            "java.util.Currency",
            "java.util.Locale",
            "java.util.UUID",
            "java.util.regex.Pattern");

    private static final Set<String> DATES =
            Set.of("java.util.Date", "java.sql.Date", "java.sql.Time", "java.sql.Timestamp");

    private Scalars() {}

    /** The value as a {@code String}, {@code Boolean} or {@code Number}, as it is now; null where it is no such value. */
    static @Nullable Object of(Object value) {
        if (value instanceof String || value instanceof Boolean || NUMBERS.contains(value.getClass())) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Class<?> type) {
            return type.getTypeName();
        }
        return ObjectFields.isOfJdk(value.getClass()) ? ofJdk(value) : null;
    }

    @SuppressWarnings("JavaUtilDate") // the program's
    private static @Nullable Object ofJdk(Object value) {
        Class<?> type = value.getClass();
        if (type == BigInteger.class || type == BigDecimal.class) {
            return big((Number) value);
        }
        if (TEXTS.contains(type.getName()) || value instanceof Path || value instanceof Charset) {
            return value.toString();
        }
        if (DATES.contains(type.getName())) {
            return Instant.ofEpochMilli(((Date) value).getTime()).toString();
        }
        if (type == File.class) {
            return ((File) value).getPath();
        }
        if (value instanceof URL url) {
            return text(url);
        }
        return counted(value);
    }

    /** A number of the usual size; of a larger one a text that tells its size. */
    private static Object big(Number number) {
        if (number instanceof BigDecimal decimal) {
            int bits = decimal.unscaledValue().bitLength();
            return bits <= MAX_DIGITS_BITS && Math.abs((long) decimal.scale()) <= MAX_SCALE
                    ? decimal
                    : "a number of " + bits + " bits and scale " + decimal.scale();
        }
        int bits = ((BigInteger) number).bitLength();
        return bits <= MAX_DIGITS_BITS ? number : "a number of " + bits + " bits";
    }

    private static @Nullable Object counted(Object value) {
        Class<?> type = value.getClass();
        if (type == AtomicInteger.class || type == AtomicLong.class || type == LongAdder.class) {
            return ((Number) value).longValue();
        }
        if (type == DoubleAdder.class) {
            return ((Number) value).doubleValue();
        }
        return type == AtomicBoolean.class ? ((AtomicBoolean) value).get() : null;
    }

    /** As its {@code toString} would, which asks the URL's handler: that may be the program's. */
    private static String text(URL url) {
        String authority = url.getAuthority();
        String anchor = url.getRef();
        return url.getProtocol() + ":" + (authority == null || authority.isEmpty() ? "" : "//" + authority)
                + url.getFile() + (anchor == null ? "" : "#" + anchor);
    }

    /** What an optional or a reference of the JDK holds, null for none; of anything else the object itself. */
    static @Nullable Object contentOf(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        return value.getClass() == AtomicReference.class ? ((AtomicReference<?>) value).get() : value;
    }
}
