package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRun;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts and lines of the bytes that one thread writes to one stream. A text ends with {@code \n} or {@code \r}: progress bars write
 * the latter alone. A line is what a terminal shows: it ends with {@code \n}, may be empty, and has behind a {@code \r} what is written over
 * its beginning. What has more than 64 KiB is cut.
 */
final class LineBuffer {

    static final int MAX_LINE = 64 << 10;

    /** What is kept between lines. */
    private static final int USUAL_LINE = 512;

    /** How often the state of a progress bar is a line, before it is the last one. */
    private static final long STATE_NANOS = 1_000_000_000;

    private static final int LONGEST_CHARACTER = 4;

    /** Takes what was written. */
    interface Taker {

        /** A text that is not empty. */
        void text(String text);

        /** A line. */
        void line(String line);
    }

    private byte[] bytes = {};
    private int length;
    private boolean isCut;

    /** The run whose thread has written what is unfinished; null for none. */
    @Nullable
    CurrentRun run;

    /** What stands on the terminal, and is written over when more comes; null for nothing. */
    private @Nullable String state;

    /** Whether a {@code \r} has come since the last line. */
    private boolean hasStates;

    /** When a state was a line, or the first one came. */
    private long stateNanos;

    /**
     * Bytes are written.
     *
     * @param charset what the stream writes in; bytes that are UTF-8 are read so all the same, since before Java 18 a stream does not tell
     */
    void write(byte[] source, int offset, int count, Charset charset, Taker taker) {
        int start = offset;
        for (int i = offset; i < offset + count; i++) {
            if (source[i] == '\n' || source[i] == '\r') {
                append(source, start, i - start, taker);
                if (source[i] == '\n') {
                    endLine(charset, taker);
                } else if (length > 0) {
                    endState(charset, taker);
                }
                start = i + 1;
            }
        }
        append(source, start, offset + count - start, taker);
    }

    private void append(byte[] source, int start, int count, Taker taker) {
        if (count == 0) {
            return;
        }
        String before = state;
        if (before != null) {
            state = null;
            long now = System.nanoTime();
            if (now - stateNanos >= STATE_NANOS) {
                stateNanos = now;
                taker.line(before);
            }
        }
        int taken = Math.min(count, MAX_LINE - length);
        isCut |= taken < count;
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_LINE, Math.max(USUAL_LINE, 2 * (length + taken))));
        }
        System.arraycopy(source, start, bytes, length, taken);
        length += taken;
    }

    private void endState(Charset charset, Taker taker) {
        boolean cut = isCut;
        String text = takeText(charset);
        taker.text(text);
        state = shown(text, cut);
        if (!hasStates) {
            hasStates = true;
            stateNanos = System.nanoTime();
        }
    }

    private void endLine(Charset charset, Taker taker) {
        String before = state;
        state = null;
        hasStates = false;
        if (length > 0) {
            boolean cut = isCut;
            String text = takeText(charset);
            taker.text(text);
            taker.line(shown(text, cut));
        } else {
            taker.line(before == null ? "" : before);
        }
    }

    /** Whether nothing is unfinished. */
    boolean isEmpty() {
        return length == 0 && state == null;
    }

    /** What was written behind the last line is one, too. */
    void end(Charset charset, Taker taker) {
        if (!isEmpty()) {
            endLine(charset, taker);
        }
    }

    private static String shown(String text, boolean cut) {
        return cut ? text + "\u2026" : text;
    }

    private String takeText(Charset charset) {
        String text = text(charset);
        length = 0;
        isCut = false;
        if (bytes.length > USUAL_LINE) {
            bytes = new byte[0];
        }
        return text;
    }

    private String text(Charset charset) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < 0) {
                return decoded(charset);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1); // ASCII
    }

    private String decoded(Charset charset) {
        int end = isCut ? endOfCharacters() : length;
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
            return text.toString();
        } catch (CharacterCodingException e) { // another charset
            return new String(bytes, 0, end, charset);
        }
    }

    /** Of UTF-8 that was cut, the last character may be incomplete. */
    private int endOfCharacters() {
        int end = length;
        while (end > length - LONGEST_CHARACTER && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return (bytes[end - 1] & 0xC0) == 0xC0 ? end - 1 : end;
    }
}
