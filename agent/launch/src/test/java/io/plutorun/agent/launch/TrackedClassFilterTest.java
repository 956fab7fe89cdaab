package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackedClassFilterTest {

    private static final String DESCRIPTOR = "Lio/plutorun/PlutoRun;";

    private static boolean mentions(byte[] classFile) {
        return TrackedClassFilter.mentions(classFile, DESCRIPTOR.getBytes(StandardCharsets.US_ASCII));
    }

    /** A constant pool as JVMS 4.4 lays it out, and nothing behind it. */
    private static final class Pool {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);
        private int entries = 1;

        Pool utf8(String text) throws IOException {
            out.writeByte(1);
            out.writeUTF(text);
            entries++;
            return this;
        }

        Pool constant(int tag, int size, int slots) throws IOException {
            out.writeByte(tag);
            out.write(new byte[size]);
            entries += slots;
            return this;
        }

        byte[] classFile() throws IOException {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            DataOutputStream header = new DataOutputStream(file);
            header.writeInt(0xCAFEBABE);
            header.writeInt(61);
            header.writeShort(entries);
            bytes.writeTo(file);
            return file.toByteArray();
        }
    }

    @Test
    void the_annotations_descriptor_in_the_pool_is_a_mention() throws IOException {
        assertThat(mentions(new Pool().utf8(DESCRIPTOR).classFile())).isTrue();
        assertThat(mentions(new Pool().utf8("Code").utf8(DESCRIPTOR).utf8("x").classFile()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Lio/plutorun/PlutoRun",
                "io/plutorun/PlutoRun",
                "Lio/plutorun/PlutoRuns;",
                "[Lio/plutorun/PlutoRun;",
                "Lio/plutorun/PlutoSun;",
                "Xio/plutorun/PlutoRun;"
            })
    void a_text_that_is_only_like_it_is_none(String text) throws IOException {
        assertThat(mentions(new Pool().utf8(text).classFile())).isFalse();
    }

    @ParameterizedTest(name = "tag {0}")
    @CsvSource({
        // tag, bytes behind the tag, entries
        "3, 4, 1",
        "4, 4, 1",
        "5, 8, 2",
        "6, 8, 2",
        "7, 2, 1",
        "8, 2, 1",
        "9, 4, 1",
        "10, 4, 1",
        "11, 4, 1",
        "12, 4, 1",
        "15, 3, 1",
        "16, 2, 1",
        "17, 4, 1",
        "18, 4, 1",
        "19, 2, 1",
        "20, 2, 1"
    })
    void every_kind_of_constant_is_stepped_over(int tag, int size, int slots) throws IOException {
        assertThat(mentions(new Pool()
                        .constant(tag, size, slots)
                        .utf8("Code")
                        .constant(tag, size, slots)
                        .utf8(DESCRIPTOR)
                        .classFile()))
                .isTrue();
    }

    @Test
    void a_mention_behind_the_pool_does_not_count() throws IOException {
        byte[] pool = new Pool().constant(5, 8, 2).utf8("Code").classFile();
        byte[] behind = new Pool().utf8(DESCRIPTOR).classFile();
        byte[] classFile = Arrays.copyOf(pool, pool.length + behind.length - 10);
        System.arraycopy(behind, 10, classFile, pool.length, behind.length - 10);
        assertThat(mentions(classFile)).isFalse();
    }

    @Test
    void an_unknown_kind_of_constant_ends_the_search() throws IOException {
        assertThat(mentions(new Pool().constant(99, 2, 1).utf8(DESCRIPTOR).classFile()))
                .isFalse();
    }

    @Test
    void a_file_cut_off_anywhere_mentions_nothing_and_never_throws() throws IOException {
        byte[] whole =
                new Pool().utf8("Code").constant(6, 8, 2).utf8(DESCRIPTOR).classFile();
        for (int length = 0; length < whole.length; length++) {
            assertThat(mentions(Arrays.copyOf(whole, length)))
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isFalse();
        }
        assertThat(mentions(whole)).isTrue();
    }

    @Test
    void a_real_class_is_walked_to_its_end() throws IOException {
        try (InputStream in = TrackedClassFilterTest.class.getResourceAsStream("TrackedClassFilterTest.class")) {
            assertThat(in).isNotNull();
            byte[] classFile = in.readAllBytes();
            assertThat(mentions(classFile)).isTrue(); // as a constant of this class
            byte[] absent = DESCRIPTOR.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            assertThat(TrackedClassFilter.mentions(classFile, absent)).isFalse();
        }
    }

    @Test
    void classes_of_the_jdk_are_never_tracked() {
        assertThat(TrackedClassFilter.mayBeTracked(null)).isFalse();
        assertThat(TrackedClassFilter.mayBeTracked(ClassLoader.getPlatformClassLoader()))
                .isFalse();
        assertThat(TrackedClassFilter.mayBeTracked(ClassLoader.getSystemClassLoader()))
                .isTrue();
        assertThat(TrackedClassFilter.mayBeTracked(new ClassLoader(null) {})).isTrue();
    }
}
