package io.plutorun.agent.lines;

import io.plutorun.agent.capture.CapturedText;
import io.plutorun.agent.lines.LinePattern.Match;
import io.plutorun.agent.metrics.RunValues;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one expression. Of a record its message counts; where the expression does not match that, what a handler prints of
 * it, with time and level; both together once. For one thread.
 */
final class LineReader {

    static final int MAX_LINE = 64 << 10;

    private final LinePattern pattern;
    private final Function<CapturedText, RunValues> values;
    private final Consumer<String> warnings;
    private final NearestLine nearest;
    private final CountedRecords counted = new CountedRecords();

    /**
     * Makes it.
     *
     * @param values where the values of a text go
     * @param warnings takes what is to be told now
     */
    LineReader(LinePattern pattern, Function<CapturedText, RunValues> values, Consumer<String> warnings) {
        this.pattern = pattern;
        this.values = values;
        this.warnings = warnings;
        this.nearest = new NearestLine(pattern.words());
    }

    /** Reads a text, and logs what it says. */
    void read(CapturedText text) {
        if (pattern.isTooSlow() || text.isReadBy(this)) {
            return;
        }
        boolean matched = false;
        String all = text.text();
        for (int start = 0; start < all.length() && !pattern.isTooSlow(); ) {
            int newLine = all.indexOf('\n', start);
            int end = newLine < 0 ? all.length() : newLine;
            matched |= readLine(text, AnsiCodes.removed(all.substring(start, Math.min(end, start + MAX_LINE))));
            start = end + 1;
        }
        if (matched) {
            text.readBy(this);
        }
    }

    private boolean readLine(CapturedText text, String line) {
        Match match = pattern.find(line);
        if (match.isNone()) {
            if (pattern.isTooSlow()) {
                warnings.accept(
                        "\"" + pattern + "\" is not looked for any more, since it took more than 10 ms for each of"
                                + " three lines: write it with fewer repetitions inside repetitions");
            } else if (!pattern.hasMatched()) {
                nearest.seen(line);
            }
            return false;
        }
        long now = System.nanoTime();
        if (text.isLogged()) {
            counted.add(match, line, now);
        } else if (counted.contain(match, line, now)) {
            return true;
        }
        pattern.log(match, values.apply(text));
        return true;
    }

    /** Why there is no value of it, or not every one; for a person. Null where there is nothing to tell. */
    @Nullable
    String problem() {
        String unreadable = pattern.unreadable();
        if (unreadable != null) {
            return "\"" + pattern + "\" has matched what can't be read: " + unreadable;
        }
        return pattern.hasMatched() || pattern.isTooSlow()
                ? null
                : "\"" + pattern + "\" has matched no line; " + nearest;
    }
}
