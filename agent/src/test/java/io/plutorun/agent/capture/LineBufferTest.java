package io.plutorun.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineBufferTest {

    private static final String ELLIPSIS = "\u2026";

    private final Taken taken = new Taken();

    /** What a buffer has made of what was written. */
    private static final class Taken implements LineBuffer.Taker {

        final List<String> texts = new ArrayList<>();
        final List<String> lines = new ArrayList<>();

        @Override
        public void text(String text) {
            texts.add(text);
        }

        @Override
        public void line(String line) {
            lines.add(line);
        }
    }

    private void write(LineBuffer buffer, byte[] bytes, Charset charset) {
        buffer.write(bytes, 0, bytes.length, charset, taken);
    }

    private void write(LineBuffer buffer, String text) {
        write(buffer, text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    }

    @Property
    void however_the_bytes_come_the_texts_and_the_lines_are_the_same(
            @ForAll @StringLength(max = 3_000) @CharRange(from = '\n', to = '\u00ff') String text, @ForAll long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LineBuffer buffer = new LineBuffer();
        Taken inParts = new Taken();
        Random random = new Random(seed);
        for (int start = 0; start < bytes.length; ) {
            int count = Math.min(bytes.length - start, 1 + random.nextInt(700));
            buffer.write(bytes, start, count, StandardCharsets.UTF_8, inParts);
            start += count;
        }
        buffer.end(StandardCharsets.UTF_8, inParts);
        assertThat(inParts.texts)
                .isEqualTo(Arrays.stream(text.split("[\n\r]", -1))
                        .filter(part -> !part.isEmpty())
                        .toList());
        assertThat(inParts.lines).isEqualTo(shown(text));
    }

    /** What a terminal shows: of each line the last state that is not empty. */
    private static List<String> shown(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String shown = "";
            for (String state : line.split("\r", -1)) {
                shown = state.isEmpty() ? shown : state;
            }
            lines.add(shown);
        }
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    @Test
    void a_progress_bar_is_a_text_each_time_and_one_line() {
        write(new LineBuffer(), "1%\r2%\r3%\n");
        assertThat(taken.texts).containsExactly("1%", "2%", "3%");
        assertThat(taken.lines).containsExactly("3%");
    }

    @Test
    void empty_lines_are_lines_and_no_texts() {
        write(new LineBuffer(), "\na\r\n\r\n\r\r\nb\r");
        assertThat(taken.texts).containsExactly("a", "b");
        assertThat(taken.lines).containsExactly("", "a", "", "");
    }

    @Test
    void the_charset_of_the_stream_counts() {
        write(new LineBuffer(), "Verlust für 3\n".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        write(new LineBuffer(), "Verlust für 3\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
        assertThat(taken.lines).containsExactly("Verlust für 3", "Verlust für 3");
    }

    @Test
    void a_line_is_cut_at_64_kib_and_the_next_one_is_whole() {
        LineBuffer buffer = new LineBuffer();
        for (int i = 0; i < 100; i++) {
            write(buffer, "x".repeat(1000));
        }
        write(buffer, "\nnext\n");
        assertThat(taken.texts).containsExactly("x".repeat(LineBuffer.MAX_LINE), "next");
        assertThat(taken.lines).containsExactly("x".repeat(LineBuffer.MAX_LINE) + ELLIPSIS, "next");
    }

    @Test
    void a_line_that_is_cut_within_a_character_ends_before_it() {
        for (int before = 0; before < 4; before++) {
            String text = "x".repeat(before) + "\uD83D\uDE00".repeat(LineBuffer.MAX_LINE / 4) + "\n";
            write(new LineBuffer(), text.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
        }
        assertThat(taken.lines).hasSize(4).allSatisfy(line -> assertThat(line).matches("x*(\uD83D\uDE00)+…?"));
    }
}
