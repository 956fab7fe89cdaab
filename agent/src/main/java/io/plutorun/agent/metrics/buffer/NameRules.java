package io.plutorun.agent.metrics.buffer;

import io.plutorun.agent.metrics.disk.FileBytes;
import java.nio.charset.StandardCharsets;

/**
 * What a name must be for the server to store and index it, and what stands for one that is not so.
 *
 * <p>The server refuses a line with a blank name. It answers 500 for a NUL, and for a name that its index has no room for: some 2,700 bytes
 * when they do not compress. UTF-8 can't hold lone surrogates.
 */
public final class NameRules {

    /** How long a name may be, in bytes of UTF-8. */
    static final int MAX_BYTES = 1000;

    /** What a blank name becomes. */
    static final String UNNAMED = "unnamed";

    private static final int NEXT_LINE = 0x85;

    private static final int HASH_LENGTH = 9; // "~" and eight digits

    private NameRules() {}

    /** The name itself where it fits, else the one that stands for it; always the same for the same name. */
    public static String storable(String name) {
        if (isBlank(name)) {
            return UNNAMED;
        }
        String text = storableCharacters(name);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_BYTES) {
            return text;
        }
        int end = MAX_BYTES - HASH_LENGTH;
        while ((utf8[end] & 0xC0) == 0x80) { // not within a character
            end--;
        }
        String hash = Long.toHexString(FileBytes.checksum(utf8, 0, utf8.length) | 1L << 32)
                .substring(1);
        return new String(utf8, 0, end, StandardCharsets.UTF_8) + "~" + hash;
    }

    /** Whether the server takes it for blank: it knows more blanks than {@link String#isBlank} does, such as the no-break space. */
    static boolean isBlank(String name) {
        return name.chars().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE);
    }

    /** The text with U+FFFD in place of each NUL and each lone surrogate. */
    public static String storableCharacters(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                changed = changed == null ? new StringBuilder(text) : changed;
                changed.setCharAt(i, '\uFFFD');
            }
        }
        return changed == null ? text : changed.toString();
    }
}
