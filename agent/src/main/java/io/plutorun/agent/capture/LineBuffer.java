package io.plutorun.agent.capture;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes lines of the bytes that one thread writes to one stream. A line ends with {@code \n} or {@code \r}: progress bars write the
 * latter alone. Empty lines are left out, and what a line has beyond 64 KiB.
 */
final class LineBuffer {

    static final int MAX_LINE = 64 << 10;

    /** What is kept between lines. */
    private static final int USUAL_LINE = 512;

    private byte[] bytes = {};
    private int length;

    /**
     * Bytes are written.
     *
     * @param charset what the stream writes in; bytes that are UTF-8 are read so all the same, since before Java 18 a stream does not tell
     * @param lines takes each line that they end
     */
    void write(byte[] source, int offset, int count, Charset charset, Consumer<String> lines) {
        int start = offset;
        for (int i = offset; i < offset + count; i++) {
            if (source[i] == '\n' || source[i] == '\r') {
                append(source, start, i - start);
                end(charset, lines);
                start = i + 1;
            }
        }
        append(source, start, offset + count - start);
    }

    private void append(byte[] source, int start, int count) {
        int taken = Math.min(count, MAX_LINE - length);
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_LINE, Math.max(USUAL_LINE, 2 * (length + taken))));
        }
        System.arraycopy(source, start, bytes, length, taken);
        length += taken;
    }

    /** What was written behind the last line is one, too. */
    void end(Charset charset, Consumer<String> lines) {
        if (length == 0) {
            return;
        }
        String line = text(charset);
        length = 0;
        if (bytes.length > USUAL_LINE) {
            bytes = new byte[0];
        }
        lines.accept(line);
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
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return text.toString();
        } catch (CharacterCodingException e) { // another charset, or a line that was cut in the middle of a character
            return new String(bytes, 0, length, charset);
        }
    }
}
