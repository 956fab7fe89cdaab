package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.api.RunStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JournalContentsTest {

    private static final String HEADER = Written.text(Written.header(null));
    private static final String START = Written.text(Written.start(Written.random()));
    private static final String END = Written.text(Written.end(RunStatus.COMPLETED));

    @Test
    void a_whole_journal_tells_what_happened_and_what_is_delivered() throws Exception {
        String text = HEADER
                + START
                + Written.text(Written.started(7, Written.END))
                + END
                + Written.text(new JournalFormat.Delivered(1));
        JournalContents contents = Written.read(text);

        assertThat(contents.records()).hasSize(2);
        assertThat(contents.end()).isNotNull();
        assertThat(contents.startedAt()).isEqualTo(Written.END);
        assertThat(contents.torn()).isFalse();
        assertThat(contents.wholeBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(contents.isDone()).isTrue();
    }

    @Test
    void P6_a_journal_cut_off_at_any_byte_is_read_without_its_torn_last_line() throws Exception {
        byte[] whole =
                (HEADER + START + Written.text(Written.started(7, Written.END)) + END).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            JournalContents contents = JournalContents.read(new ByteArrayInputStream(whole, 0, length));

            boolean atLineBreak = length == 0 || whole[length - 1] == '\n';
            assertThat(contents.torn()).as("cut at %s", length).isEqualTo(!atLineBreak);
            assertThat(contents.end() != null).isEqualTo(length == whole.length);
            assertThat(contents.wholeBytes()).isLessThanOrEqualTo(length);
        }
    }

    @Test
    void a_torn_line_is_dropped_even_where_it_would_be_a_whole_object() throws Exception {
        JournalContents contents = Written.read(HEADER + START + END.strip());

        assertThat(contents.torn()).isTrue();
        assertThat(contents.end()).isNull();
    }

    @Test
    void what_is_out_of_order_is_malformed_and_its_line_is_told() {
        assertMalformed(START, "line 1");
        assertMalformed(HEADER + END, "line 2: a record before the start");
        assertMalformed(HEADER + START + START, "line 3: a second start");
        assertMalformed(HEADER + HEADER, "line 2: a second header");
        assertMalformed(HEADER + START + HEADER, "line 3: a second header");
        assertMalformed(HEADER + START + END + END, "line 4: a record after the end");
        assertMalformed(HEADER + "\n" + START, "line 2");
    }

    @Test
    void a_hostile_journal_is_malformed_and_nothing_worse() {
        assertMalformed("{\"journal\":2}\n", "version 2");
        assertMalformed("{\"journal\":" + "9".repeat(5_000) + "}\n", "line 1");
        assertMalformed(HEADER + "{\"record\":" + "[".repeat(100_000) + "\n", "line 2");
        assertMalformed(HEADER + "{\"a\":".repeat(100_000) + "\n", "line 2");
        assertMalformed("\u0000\u0001\u0002\n", "line 1");
        assertMalformed("\u0000", "line 1: it does not say that it is a journal");
        assertMalformed(HEADER + START + "{\"delivered\":9223372036854775807}\n", "line 3: more is delivered");
        assertMalformed(HEADER + START + "{\"delivered\":-1}\n", "line 3: it counts less than nothing");
        assertThatThrownBy(() -> JournalContents.read(
                        new ByteArrayInputStream("{\"journal\":\u00c3(\n".getBytes(StandardCharsets.ISO_8859_1))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no UTF-8");
    }

    @Test
    void a_line_without_an_end_is_given_up_before_it_fills_the_memory() {
        InputStream endless = new SequenceInputStream(
                new ByteArrayInputStream("{\"journal\":".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                });
        assertThatThrownBy(() -> JournalContents.read(endless))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("line 1: it is longer than");
    }

    @Test
    void random_damage_is_malformed_or_harmless() throws IOException {
        Random random = new Random(42);
        byte[] whole =
                (HEADER + START + Written.text(Written.started(7, Written.END)) + END).getBytes(StandardCharsets.UTF_8);
        int malformed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                JournalContents.read(new ByteArrayInputStream(damaged));
            } catch (MalformedException e) {
                malformed++;
            }
        }
        assertThat(malformed).isPositive();
    }

    private static void assertMalformed(String text, String why) {
        assertThatThrownBy(() -> Written.read(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }
}
