package io.plutorun.agent.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables and {@code -D} options as they were given. The JVM decodes both by the locale, and in the C locale each byte of a letter that is
 * not ASCII becomes U+FFFD; variables are decoded by {@code file.encoding} before Java 18, whatever the locale says. Linux still has the
 * bytes: they are read again as UTF-8. What is no UTF-8 either stays as the JVM has it.
 */
public final class OriginalTexts {

    /** What a decoder leaves where it could read nothing. */
    private static final char LOST = '\uFFFD';

    private final Path environment;
    private final Path commandLine;

    /** The texts of this process. */
    public OriginalTexts() {
        this(Path.of("/proc/self/environ"), Path.of("/proc/self/cmdline"));
    }

    /** Those in files like Linux's, in which each text ends with a NUL. */
    OriginalTexts(Path environment, Path commandLine) {
        this.environment = environment;
        this.commandLine = commandLine;
    }

    /** Whether a text has lost characters when it was decoded. */
    public static boolean hasLost(String text) {
        return text.indexOf(LOST) >= 0;
    }

    /**
     * The environment variables.
     *
     * @param decoded as the JVM has decoded them; this map itself where nothing was lost
     * @param byLocale whether the JVM's default character set is the locale's
     */
    public Map<String, String> variables(Map<String, String> decoded, boolean byLocale) {
        boolean lost = !byLocale;
        for (String value : decoded.values()) {
            lost |= hasLost(value);
        }
        if (!lost) {
            return decoded;
        }
        Map<String, String> variables = new HashMap<>(decoded);
        variables.putAll(entries(environment, ""));
        return Collections.unmodifiableMap(variables);
    }

    /**
     * Whether the JVM's default character set is the locale's.
     *
     * @param localeCharset the name of the locale's, as {@code sun.jnu.encoding} says; null where it is not known
     */
    public static boolean isDefaultOfLocale(@Nullable String localeCharset) {
        try {
            return localeCharset == null || Charset.forName(localeCharset).equals(Charset.defaultCharset());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The value of a system property.
     *
     * @param decoded as the JVM has it; null where it is not set
     */
    public @Nullable String property(String name, @Nullable String decoded) {
        return decoded == null || !hasLost(decoded)
                ? decoded
                : entries(commandLine, "-D").getOrDefault(name, decoded);
    }

    /** From names to values; of a name that stands there twice the last counts, as it does for the JVM. */
    private static Map<String, String> entries(Path file, String prefix) {
        Map<String, String> entries = new HashMap<>();
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            return entries; // no Linux
        }
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                String entry = utf8(bytes, begin, i - begin);
                int equals = entry == null || !entry.startsWith(prefix) ? -1 : entry.indexOf('=');
                if (entry != null && equals > 0) {
                    entries.put(entry.substring(prefix.length(), equals), entry.substring(equals + 1));
                }
                begin = i + 1;
            }
        }
        return entries;
    }

    private static @Nullable String utf8(byte[] bytes, int offset, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
