package io.plutorun.agent.edge;

import java.util.function.UnaryOperator;

/** Takes secrets out of lines that come one by one: a private key has several. For one thread. */
public final class LineRedactor implements UnaryOperator<String> {

    /** Those of the longest keys have some hundred. */
    private static final int MAX_KEY_LINES = 200;

    private final Redactor redactor;

    /** How many of the next lines may be of a private key. */
    private int keyLines;

    /** Makes it before the first line. */
    public LineRedactor(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public String apply(String line) {
        boolean ends = line.contains("-----END ");
        if (keyLines > 0) {
            keyLines = ends ? 0 : keyLines - 1;
            if (ends || isBase64(line.strip())) { // another thread's line may stand between those of a key
                return Redactor.REDACTED;
            }
        }
        if (!ends && line.contains("PRIVATE KEY") && line.contains("-----BEGIN ")) {
            keyLines = MAX_KEY_LINES;
        }
        return redactor.text(line);
    }

    private static boolean isBase64(String line) {
        return !line.isEmpty()
                && line.chars()
                        .allMatch(c -> c == '+' || c == '/' || c == '=' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
