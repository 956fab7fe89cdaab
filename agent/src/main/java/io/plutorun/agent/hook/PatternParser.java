package io.plutorun.agent.hook;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Reads which methods a text names, in the form of {@code PLUTO_METHODS}. */
public interface PatternParser {

    /** Reads a text. */
    Parsed parse(String text);

    /**
     * What a text names.
     *
     * @param methods for {@link Hook#methods}
     * @param mistakes what is wrong with the text, for a person; empty for nothing
     */
    record Parsed(Function<String, List<? extends BiPredicate<String, String>>> methods, List<String> mistakes) {}
}
