package io.plutorun.agent.spec;

import io.plutorun.agent.call.Placeholders;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.settings.Option;
import io.plutorun.agent.settings.Origin;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Source;
import io.plutorun.agent.settings.Sourced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that count for one call: the settings and the attributes of its method's annotation, the highest source first, with their
 * placeholders replaced.
 */
final class CallValues {

    private final Settings settings;
    private final TrackedMethod method;
    private final Placeholders placeholders;
    private final List<String> warnings;

    /**
     * Makes the values of a call.
     *
     * @param warnings takes a line for each value that is left out
     */
    CallValues(Settings settings, TrackedMethod method, Placeholders placeholders, List<String> warnings) {
        this.settings = settings;
        this.method = method;
        this.placeholders = placeholders;
        this.warnings = warnings;
    }

    /** The text that counts, its placeholders replaced; a text with a placeholder that has no value does not count. */
    Sourced<String> text(Option<String> option, String attribute, @Nullable String given, String otherwise) {
        for (Sourced<String> candidate : all(option, attribute, given == null || given.isBlank() ? null : given)) {
            Optional<String> text = expanded(candidate.value(), candidate.source(), "");
            if (text.isPresent()) {
                return new Sourced<>(text.get(), candidate.source());
            }
        }
        return new Sourced<>(otherwise, new Source(Origin.DEFAULT, option.key(), false));
    }

    /** The scalar that counts; empty where none is given and there is no default. */
    <T> Optional<Sourced<T>> scalar(Option<T> option, String attribute, @Nullable T given) {
        List<Sourced<T>> all = all(option, attribute, given);
        return all.isEmpty() ? settings.defaultOf(option) : Optional.of(all.get(0));
    }

    /**
     * All values of an option, highest first, the annotation's at its place among them.
     *
     * @param attribute the annotation's attribute of the same meaning
     * @param given what the annotation gives; null for nothing
     */
    <T> List<Sourced<T>> all(Option<T> option, String attribute, @Nullable T given) {
        List<Sourced<T>> all = new ArrayList<>(settings.all(option, method.settingsName()));
        if (given != null) {
            all.add(new Sourced<>(given, Source.annotation(attribute)));
        }
        all.sort((a, b) -> Integer.compare(a.source().rank(), b.source().rank()));
        return all;
    }

    /** The objects of an option that no annotation gives, merged. */
    Map<String, @Nullable Object> merged(Option<Map<String, @Nullable Object>> option) {
        return merged(settings.all(option, method.settingsName()));
    }

    /** Objects laid over each other, the highest, which comes first, on top. */
    static Map<String, @Nullable Object> merged(List<Sourced<Map<String, @Nullable Object>>> highestFirst) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (int i = highestFirst.size() - 1; i >= 0; i--) {
            merged = JsonObjects.merge(merged, highestFirst.get(i).value());
        }
        return merged;
    }

    /**
     * A text with its placeholders replaced; empty, with a warning, where one has neither value nor fallback.
     *
     * @param what the part of the source that the text is; empty for the whole
     */
    Optional<String> expanded(String text, Source source, String what) {
        Placeholders.Expanded expanded = placeholders.expand(text);
        if (expanded.missing().isEmpty()) {
            return Optional.of(expanded.text());
        }
        warnings.add(source + (what.isEmpty() ? "" : ", " + what) + ": no value for "
                + expanded.missing().get(0) + "; it is left out, give it a fallback as in ${env.NAME:-fallback}");
        return Optional.empty();
    }
}
