package io.plutorun.agent.identity;

import java.util.HexFormat;

/**
 * A short name for a text that may be anything, to name a file with: FNV-1a, 64 bits. Not a cryptographic one, which would cost time on
 * the way to the program's first line.
 */
final class IdHash {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private IdHash() {}

    /** Sixteen hexadecimal digits. */
    static String of(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return HexFormat.of().toHexDigits(hash);
    }
}
