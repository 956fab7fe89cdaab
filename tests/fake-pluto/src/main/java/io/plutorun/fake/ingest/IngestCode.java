package io.plutorun.fake.ingest;

import java.util.Locale;

/** The ingest service's own error codes, those of them that a client can meet. */
public enum IngestCode {
    INVALID_TOKEN("InvalidToken", 1002, 401),
    MISSING_TOKEN("MissingToken", 1003, 401),
    INVALID_TOKEN_FORMAT("InvalidTokenFormat", 1006, 401),
    INVALID_BEARER_FORMAT("InvalidBearerFormat", 1007, 401),
    INVALID_HEADER_FORMAT("InvalidHeaderFormat", 2004, 400),
    INVALID_METRIC_FORMAT("InvalidMetricFormat", 2005, 400),
    INVALID_LOG_FORMAT("InvalidLogFormat", 2006, 400),
    PROCESSING_FAILED("ProcessingFailed", 3001, 422),
    STREAM_DECODING_ERROR("StreamDecodingError", 3004, 422),
    DATABASE_ERROR("DatabaseError", 4001, 503);

    private final String variant;
    private final int number;
    private final int status;

    IngestCode(String variant, int number, int status) {
        this.variant = variant;
        this.number = number;
        this.status = status;
    }

    /** The status of an answer that gives this code as its own. The streams never do: they answer {@link #PROCESSING_FAILED}. */
    public int status() {
        return status;
    }

    /** How a stream's answer names this code within its text, for example {@code MissingToken (1003 - Authentication Error)}. */
    String spelled() {
        return String.format(Locale.ROOT, "%s (%d - %s)", variant, number, category());
    }

    private String category() {
        return switch (number / 1000) {
            case 1 -> "Authentication Error";
            case 2 -> "Validation Error";
            case 3 -> "Processing Error";
            case 4 -> "Database Error";
            default -> throw new IllegalStateException("no category for " + number);
        };
    }
}
