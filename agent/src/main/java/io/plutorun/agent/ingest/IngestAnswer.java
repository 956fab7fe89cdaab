package io.plutorun.agent.ingest;

import io.plutorun.agent.http.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of the ingest service. All its failures are 422, a rejected key and a database that is down as well; only the text
 * tells them apart (docs/pluto-api.md).
 */
final class IngestAnswer {

    /** As in {@code StreamDecodingError (3004 - Processing Error): Failed to parse}. */
    private static final Pattern CODE = Pattern.compile("\\((\\d{4}) - [A-Za-z ]+\\)");

    /** The quote holds at most the first 100 characters of the line. */
    private static final Pattern QUOTE =
            Pattern.compile("Failed to parse JSON line \\(bytes\\): '(.*)': ", Pattern.DOTALL);

    private static final int UNPROCESSABLE = 422;

    /** The service could not read a line; the text quotes its beginning. */
    private static final String UNREADABLE_LINE = "3004";

    /** A name, or a value, in a line is none that the service takes; the text does not say in which. */
    private static final String WRONG_VALUE = "2005";

    private static final String WRONG_TEXT = "2006";

    private IngestAnswer() {}

    /** Whether the answer is about a line of the request. The lines before it are stored, it and those behind it are not. */
    static boolean isAboutALine(Outcome<?> outcome) {
        String code = code(outcome);
        return UNREADABLE_LINE.equals(code) || WRONG_VALUE.equals(code) || WRONG_TEXT.equals(code);
    }

    private static @Nullable String code(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Rejected<?> rejected && rejected.status() == UNPROCESSABLE) {
            Matcher code = CODE.matcher(rejected.reason());
            return code.find() ? code.group(1) : null;
        }
        return null;
    }

    /** How the line begins that the answer is about; null where it does not say. */
    static @Nullable String quotedLine(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Rejected<?> rejected) {
            Matcher quote = QUOTE.matcher(rejected.reason());
            return quote.find() && !quote.group(1).isEmpty() ? quote.group(1) : null;
        }
        return null;
    }
}
