package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ThisClassTest {

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ClassLoader.getSystemResourceAsStream(type.getName().replace('.', '/') + ".class"))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
            }
            return bytes.toByteArray();
        }
    }

    @Test
    void the_name_of_a_class_is_read_off_its_file() throws IOException {
        for (Class<?> type : Arrays.asList(ThisClassTest.class, Object.class, Math.class, java.util.HashMap.class)) {
            assertThat(ThisClass.of(classFile(type))).isEqualTo(type.getName().replace('.', '/'));
        }
    }

    @Test
    void a_file_that_is_cut_off_has_none() throws IOException {
        byte[] whole = classFile(ThisClassTest.class);
        for (int length : new int[] {0, 9, 100, 200}) {
            assertThat(ThisClass.of(Arrays.copyOf(whole, length))).isNull();
        }
    }
}
