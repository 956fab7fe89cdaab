package io.plutorun.agent.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Texts that come with each request, parsed once.
 *
 * @param <T> what they are parsed to; not changed by whoever gets it
 */
public final class ParsedTexts<T> {

    /** More addresses and types than Pluto has. Others are parsed each time. */
    private static final int MAX_KEPT = 64;

    private final Map<String, T> kept = new ConcurrentHashMap<>();
    private final Function<String, T> parser;

    /**
     * Parses nothing yet.
     *
     * @param parser gives the same for the same text; may throw
     */
    public ParsedTexts(Function<String, T> parser) {
        this.parser = parser;
    }

    /** What a text is parsed to. Throws what the parser throws. */
    public T of(String text) {
        T value = kept.get(text);
        if (value == null) {
            value = parser.apply(text);
            if (kept.size() < MAX_KEPT) {
                kept.put(text, value);
            }
        }
        return value;
    }
}
