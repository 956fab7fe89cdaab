package io.plutorun.agent.lines;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of the lines that an expression has not matched, the one that it may have been meant for: the one with most of its words. */
final class NearestLine {

    /** Who has not found a line among so many has seen enough. */
    private static final int MAX_LINES = 10_000;

    private static final int MAX_SHOWN = 200;

    private final List<String> words;
    private int lines;
    private int mostLetters;
    private @Nullable String nearest;

    NearestLine(List<String> words) {
        this.words = words;
    }

    /** A line did not match. */
    void seen(String line) {
        if (lines == MAX_LINES || line.isBlank()) {
            return;
        }
        lines++;
        int letters = 0;
        for (String word : words) {
            letters += line.contains(word) ? word.length() : 0;
        }
        if (nearest == null || letters > mostLetters) {
            nearest = line;
            mostLetters = letters;
        }
    }

    /** For a person. */
    @Override
    public String toString() {
        if (nearest == null) {
            return "no line was printed or logged";
        }
        String shown = nearest.length() > MAX_SHOWN ? nearest.substring(0, MAX_SHOWN) + "…" : nearest;
        return (mostLetters == 0 ? "no line was like it, the first one was \"" : "the nearest line was \"") + shown
                + "\"";
    }
}
