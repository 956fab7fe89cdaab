package io.plutorun.agent.edge;

import java.util.function.UnaryOperator;

/**
 * Takes secrets out of lines that come one by one: a private key has several. A log writes something in front of each, such as the time, and perhaps
 * something behind. For one thread.
 */
public final class LineRedactor implements UnaryOperator<String> {

    private static final String BEGIN = "-----BEGIN ";

    /** Those of the longest keys have some hundred. */
    private static final int MAX_KEY_LINES = 200;

    /** Lines of a key have 64 characters or more, but for the last one. No word has so many. */
    private static final int WHOLE_LINE = 40;

    /**
     * How many lines behind the first one, or behind a whole one, the last one is looked for. It may be any word, so a key that goes on and
     * never ends hides the program's words no longer than that.
     */
    private static final int MAX_LINES_TO_LAST = 4;

    private final Redactor redactor;

    /** How many of the next lines may be of a private key. */
    private int keyLines;

    /** How many of the next lines may be the key's last one. */
    private int linesToLast;

    /** What stood before the key's first line, and stands before the others in the same form. */
    private String prefix = "";

    /** Makes it before the first line. */
    public LineRedactor(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public String apply(String line) {
        boolean ends = line.contains("-----END ");
        if (keyLines > 0) {
            keyLines = ends ? 0 : keyLines - 1;
            int begin = beginOfKey(line); // another thread's line may stand between those of a key
            if (ends || begin >= 0) {
                return begin > 0 ? redactor.text(line.substring(0, begin)) + Redactor.REDACTED : Redactor.REDACTED;
            }
        }
        int begin = line.indexOf(BEGIN);
        if (!ends && begin >= 0 && line.contains("PRIVATE KEY")) {
            keyLines = MAX_KEY_LINES;
            linesToLast = MAX_LINES_TO_LAST;
            prefix = line.substring(0, begin);
        }
        return redactor.text(line);
    }

    /** Where a part of the key begins; -1 for none. */
    private int beginOfKey(String line) {
        int begin = 0;
        for (int at = 0; at <= line.length(); at++) {
            if (at == line.length() || !isBase64(line.charAt(at))) {
                if (at - begin >= WHOLE_LINE) {
                    linesToLast = MAX_LINES_TO_LAST;
                    return begin;
                }
                begin = at + 1;
            }
        }
        if (linesToLast == 0) {
            return -1;
        }
        linesToLast--;
        int behind = hasPrefix(line) ? prefix.length() : 0;
        return isOneWord(line.substring(behind).strip(), behind > 0) ? behind : -1;
    }

    /** Numbers in it may be others, such as those of the time. */
    private boolean hasPrefix(String line) {
        if (line.length() <= prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            char expected = prefix.charAt(i);
            char c = line.charAt(i);
            if (c != expected && !(isDigit(c) && isDigit(expected))) {
                return false;
            }
        }
        return true;
    }

    /** Base64, and perhaps quotes and brackets behind it. */
    private static boolean isOneWord(String text, boolean maybeClosed) {
        int end = 0;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        for (int i = end; i < text.length(); i++) {
            if (Character.isLetterOrDigit(text.charAt(i)) || Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return end > 0 && (maybeClosed || end == text.length());
    }

    private static boolean isBase64(char c) {
        return c == '+' || c == '/' || c == '=' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
