package io.plutorun.bench.programs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Defines any number of classes that differ in nothing but their names: copies of {@link Copied00000}. */
public final class LoadCopies extends ClassLoader {

    private static final int DIGITS = 5;

    private LoadCopies() {
        super(LoadCopies.class.getClassLoader());
    }

    public static void main(String[] args) throws IOException {
        byte[] template;
        try (InputStream in = LoadCopies.class.getResourceAsStream("Copied00000.class")) {
            template = Objects.requireNonNull(in).readAllBytes();
        }
        LoadCopies loader = new LoadCopies();
        int count = Integer.parseInt(args[0]);
        for (int number = 0; number < count; number++) {
            byte[] copy = named(template, number);
            loader.defineClass(null, copy, 0, copy.length);
        }
    }

    private static byte[] named(byte[] template, int number) {
        byte[] copy = template.clone();
        byte[] name = "Copied".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + name.length + DIGITS <= copy.length; at++) {
            if (isAt(copy, at, name)) {
                int rest = number;
                for (int digit = DIGITS - 1; digit >= 0; digit--, rest /= 10) {
                    copy[at + name.length + digit] = (byte) ('0' + rest % 10);
                }
            }
        }
        return copy;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
