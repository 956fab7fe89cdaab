package io.plutorun.fake.ingest;

import java.util.Optional;

/** The three endpoints that take lines. */
public enum Stream {
    METRICS("metrics"),
    LOGS("logs"),
    DATA("data");

    private final String word;

    Stream(String word) {
        this.word = word;
    }

    /** As it stands in the path and in error messages. */
    public String word() {
        return word;
    }

    /** Empty when {@code path} is no stream's. */
    public static Optional<Stream> of(String path) {
        for (Stream stream : values()) {
            if (path.equals("/ingest/" + stream.word)) {
                return Optional.of(stream);
            }
        }
        return Optional.empty();
    }
}
