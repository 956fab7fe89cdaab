package io.plutorun.agent.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods that {@code PLUTO_METHODS} names, tracked without annotation: entries separated by {@code ;}, each a {@link
 * MethodPattern}.
 *
 * <p>To the engine this is a function from a class's internal name to the patterns that name methods of it: it can't see this type.
 */
final class NamedMethods implements Function<String, List<? extends BiPredicate<String, String>>> {

    private final List<MethodPattern> patterns;
    private final List<String> errors;

    private NamedMethods(List<MethodPattern> patterns, List<String> errors) {
        this.patterns = patterns;
        this.errors = errors;
    }

    /** Parses; an entry with a mistake in it is left out, and told in {@link #errors()} with the position of the mistake. */
    static NamedMethods parse(@Nullable String text) {
        List<MethodPattern> patterns = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        if (text != null) {
            int start = 0;
            while (start <= text.length()) {
                int end = text.indexOf(';', start);
                end = end < 0 ? text.length() : end;
                if (!text.substring(start, end).trim().isEmpty()) {
                    MethodPattern.parse(text, start, end, patterns, errors);
                }
                start = end + 1;
            }
        }
        return new NamedMethods(patterns, errors);
    }

    List<String> errors() {
        return errors;
    }

    /** Whether any pattern names methods of the class. */
    boolean names(String internalName) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matchesClass(internalName)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<? extends BiPredicate<String, String>> apply(String internalName) {
        List<MethodPattern> matching = new ArrayList<>();
        for (MethodPattern pattern : patterns) {
            if (pattern.matchesClass(internalName)) {
                matching.add(pattern);
            }
        }
        return matching;
    }
}
