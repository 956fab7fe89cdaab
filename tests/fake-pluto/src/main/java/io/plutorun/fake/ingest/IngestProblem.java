package io.plutorun.fake.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Why a request to the ingest host fails. All texts that a client may read stand here.
 *
 * <p>A parse error quotes the line and ends like those of the service's JSON library: {@code Syntax at character 0 ('#')},
 * {@code Serde("missing field `step`") at character 0}. The character is counted within the line.
 */
public final class IngestProblem extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int QUOTED_CHARACTERS = 100;

    private final IngestCode code;

    IngestProblem(IngestCode code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    public static IngestProblem missingToken() {
        return new IngestProblem(IngestCode.MISSING_TOKEN, "Missing Authorization header");
    }

    /** Another scheme, or {@code bearer} in small letters. */
    public static IngestProblem notBearer() {
        return new IngestProblem(IngestCode.INVALID_BEARER_FORMAT, "Authorization header must start with 'Bearer '");
    }

    public static IngestProblem tokenCharacters() {
        return new IngestProblem(IngestCode.INVALID_TOKEN_FORMAT, "Bearer token contains invalid characters");
    }

    /** An unknown, expired or revoked key, in the service's words. */
    public static IngestProblem invalidToken(String text) {
        return new IngestProblem(IngestCode.INVALID_TOKEN, text);
    }

    /** What every request meets while the database of keys does not answer. */
    public static IngestProblem databaseDown() {
        return new IngestProblem(IngestCode.DATABASE_ERROR, "Failed to validate API key");
    }

    public static IngestProblem missingHeader(String name) {
        return new IngestProblem(IngestCode.INVALID_HEADER_FORMAT, "Missing required header: " + name);
    }

    static IngestProblem badMetric(String text) {
        return new IngestProblem(IngestCode.INVALID_METRIC_FORMAT, text);
    }

    static IngestProblem badRow(String text) {
        return new IngestProblem(IngestCode.INVALID_LOG_FORMAT, text);
    }

    /**
     * A line that is no JSON, or JSON of the wrong shape.
     *
     * @param unfinished whether the line is the body's last and has no line feed
     * @param cause in the words of the JSON library
     */
    static IngestProblem unparsable(byte[] bytes, int from, int to, boolean unfinished, String cause) {
        // Four bytes a character at most, so this much surely holds the characters that are quoted.
        int length = Math.min(to - from, 4 * QUOTED_CHARACTERS);
        String quoted = new String(bytes, from, length, StandardCharsets.UTF_8);
        int end = quoted.offsetByCodePoints(0, Math.min(QUOTED_CHARACTERS, quoted.codePointCount(0, quoted.length())));
        return new IngestProblem(
                IngestCode.STREAM_DECODING_ERROR,
                "Failed to parse " + (unfinished ? "final " : "") + "JSON line (bytes): '" + quoted.substring(0, end)
                        + "': " + cause);
    }

    public IngestCode code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    /** The message of the 422 that a stream answers. */
    public String streamMessage(Stream stream) {
        return "Failed to process " + stream.word() + " stream: " + code.spelled() + ": " + text();
    }
}
