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

    private final List<String> lines = new ArrayList<>();

    private void write(LineBuffer buffer, byte[] bytes, Charset charset) {
        buffer.write(bytes, 0, bytes.length, charset, lines::add);
    }

    @Property
    void however_the_bytes_come_the_lines_are_the_same(
            @ForAll @StringLength(max = 3_000) @CharRange(from = '\n', to = '\u00ff') String text, @ForAll long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LineBuffer buffer = new LineBuffer();
        List<String> inParts = new ArrayList<>();
        Random random = new Random(seed);
        for (int start = 0; start < bytes.length; ) {
            int count = Math.min(bytes.length - start, 1 + random.nextInt(700));
            buffer.write(bytes, start, count, StandardCharsets.UTF_8, inParts::add);
            start += count;
        }
        buffer.end(StandardCharsets.UTF_8, inParts::add);
        assertThat(inParts)
                .isEqualTo(Arrays.stream(text.split("[\n\r]", -1))
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    @Test
    void a_progress_bar_is_a_line_each_time() {
        write(new LineBuffer(), "1%\r2%\r3%\n".getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        assertThat(lines).containsExactly("1%", "2%", "3%");
    }

    @Test
    void the_charset_of_the_stream_counts() {
        write(new LineBuffer(), "Verlust für 3\n".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        write(new LineBuffer(), "Verlust für 3\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
        assertThat(lines).containsExactly("Verlust für 3", "Verlust für 3");
    }

    @Test
    void a_line_is_cut_at_64_kib_and_the_next_one_is_whole() {
        LineBuffer buffer = new LineBuffer();
        byte[] part = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 100; i++) {
            write(buffer, part, StandardCharsets.US_ASCII);
        }
        write(buffer, "\nnext\n".getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        assertThat(lines).containsExactly("x".repeat(LineBuffer.MAX_LINE), "next");
    }
}
