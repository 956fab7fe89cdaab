package io.plutorun.agent.edge;

import java.util.HashSet;
import java.util.Set;

/** Finds where a value ends that stands in a longer text. */
final class Values {

    /** A header's value is looked through so far; a longer one is cut there. */
    private static final int MAX_HEADER = 16 * 1024;

    private static final int MAX_ESCAPES = 7;

    /** {@code |}, {@code >-}, {@code |2+}. */
    private static final int MAX_INDICATOR = 3;

    private static final int MAX_NAME = 64;
    private static final String CLOSING = ")}]>";

    private final String text;

    /** Quotes that no other one follows: not looked for a second time, or a text of many of them would cost the square of its length. */
    private final Set<String> unclosed = new HashSet<>();

    /** The word whose end was looked for last. */
    private int wordBegin;

    private int wordEnd;

    Values(String text) {
        this.text = text;
    }

    /** The end of the value that begins there: a quotation, or what stands without a blank. */
    int end(int begin) {
        int quote = begin;
        while (quote < text.length() && quote - begin < MAX_ESCAPES && text.charAt(quote) == '\\') {
            quote++;
        }
        if (quote < text.length() && isQuote(text.charAt(quote))) {
            int closed = endOfQuotation(begin, quote);
            return closed > 0 ? closed : endOfWord(quote + 1); // of a quotation that was cut off, the first word
        }
        boolean bracket = begin < text.length() && (text.charAt(begin) == '[' || text.charAt(begin) == '<');
        return bracket ? endOfBracket(begin, text.charAt(begin)) : endOfWord(begin);
    }

    /**
     * The end of the value that begins there, which may be a block of YAML's: {@code password: |}, and lines behind it that are indented
     * deeper than the one of the name.
     */
    int endOfBlock(int name, int begin) {
        int end = end(begin);
        boolean block = end < text.length()
                && text.charAt(end) == '\n'
                && end - begin <= MAX_INDICATOR
                && (text.charAt(begin) == '|' || text.charAt(begin) == '>');
        int indent = block ? indent(name) : 0;
        int last = Math.min(text.length(), begin + MAX_HEADER);
        while (block && end < last && isDeeper(end + 1, indent)) {
            int next = text.indexOf('\n', end + 1);
            end = next < 0 ? text.length() : next;
        }
        return end;
    }

    /** The column of a name that its line begins with, be it in a list; else how far the line is indented. */
    private int indent(int name) {
        int line = text.lastIndexOf('\n', name) + 1;
        int at = line;
        while (at < name && text.charAt(at) == ' ') {
            at++;
        }
        int blanks = at - line;
        while (at < name && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
            at++;
        }
        return at == name ? name - line : blanks;
    }

    private boolean isDeeper(int line, int indent) {
        int at = line;
        while (at < text.length() && at - line <= indent && text.charAt(at) == ' ') {
            at++;
        }
        return at - line > indent;
    }

    private int endOfQuotation(int begin, int quote) {
        String mark = text.substring(begin, quote + 1);
        if (unclosed.contains(mark)) {
            return -1;
        }
        for (int at = text.indexOf(mark, quote + 1); at >= 0; at = text.indexOf(mark, at + 1)) {
            int escapes = 0;
            while (mark.charAt(0) != '\'' && at - escapes > quote + 1 && text.charAt(at - escapes - 1) == '\\') {
                escapes++;
            }
            if (escapes % 2 == 0 || mark.length() > 1) {
                return at + mark.length();
            }
        }
        unclosed.add(mark);
        return -1;
    }

    /** {@code [MASK]}, {@code [a,b]}, {@code <HUB_TOKEN>}. */
    private int endOfBracket(int begin, char open) {
        int last = Math.min(text.length(), begin + MAX_NAME);
        for (int at = begin + 1; at < last; at++) {
            char c = text.charAt(at);
            if (c == (open == '[' ? ']' : '>') && endsBehind(at)) {
                return at + 1;
            }
            if (Character.isWhitespace(c) || c == open || isQuote(c)) {
                break;
            }
        }
        return endOfWord(begin);
    }

    /** A word may hold many names, each of which asks for the end: it is looked for once. */
    private int endOfWord(int begin) {
        if (begin > wordBegin && begin < wordEnd) {
            return ends(begin, begin) ? begin : wordEnd;
        }
        int at = begin;
        while (at < text.length() && !ends(begin, at)) {
            at++;
        }
        wordBegin = begin;
        wordEnd = at;
        return at;
    }

    /** A password may hold commas and brackets: they end it only where nothing of it can follow. */
    private boolean ends(int begin, int at) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || c == Redactor.CUT_OFF.charAt(0)) {
            return true;
        }
        if (c == '\\') {
            return at + 1 < text.length() && "\"'nrt".indexOf(text.charAt(at + 1)) >= 0;
        }
        if (c == ',' || c == ';' || c == '&') {
            return at == begin || endsBehind(at) || isNamed(at + 1);
        }
        return (CLOSING.indexOf(c) >= 0 || isQuote(c)) && endsBehind(at);
    }

    private boolean endsBehind(int at) {
        if (at + 1 == text.length()) {
            return true;
        }
        char next = text.charAt(at + 1);
        return Character.isWhitespace(next)
                || isQuote(next)
                || next == '\\'
                || next == text.charAt(at)
                || ",;:.&|<".indexOf(next) >= 0
                || CLOSING.indexOf(next) >= 0;
    }

    /** Whether the next value's name begins there: {@code lr=}, {@code "lr":}. */
    private boolean isNamed(int begin) {
        int at = begin;
        int last = Math.min(text.length(), begin + MAX_NAME);
        while (at < last && isOfName(text.charAt(at))) {
            at++;
        }
        return at > begin && at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':');
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
    }

    /** The end of a header's value, which may hold blanks: the line's, or the quotation's that the header stands in. */
    int endOfHeader(int begin) {
        if (begin < text.length() && (isQuote(text.charAt(begin)) || text.charAt(begin) == '\\')) {
            return end(begin);
        }
        int last = Math.min(text.length(), begin + MAX_HEADER);
        int at = begin;
        while (at < last) {
            char c = text.charAt(at);
            boolean escaped = c == '\\' && at + 1 < last && "\"'nr".indexOf(text.charAt(at + 1)) >= 0;
            if (c == '\n' || c == '\r' || isQuote(c) || escaped) {
                break;
            }
            at++;
        }
        return at;
    }

    /** Whether the value is a word of a sentence: "API key has expired", "token: none given". */
    boolean isProse(int begin, int end) {
        for (int at = begin; at < end; at++) {
            if (!Character.isLetter(text.charAt(at))) {
                return false;
            }
        }
        return end + 1 < text.length() && text.charAt(end) == ' ' && Character.isLetter(text.charAt(end + 1));
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    /** A text of which parts are hidden, from its beginning to its end. */
    static final class Hidden {

        private final String text;
        private final StringBuilder copy = new StringBuilder();
        private int copied;

        Hidden(String text) {
            this.text = text;
        }

        void hide(int from, int to) {
            if (from >= copied) {
                copy.append(text, copied, from).append(Redactor.REDACTED);
                copied = to;
            }
        }

        @Override
        public String toString() {
            return copied == 0 ? text : copy + text.substring(copied);
        }
    }
}
