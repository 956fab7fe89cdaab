package io.plutorun.agent.spec;

import io.plutorun.agent.call.Arguments;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Source;
import io.plutorun.agent.settings.Sourced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run's tags and config. Tags are united over all sources, config is merged key by key. */
final class TagsAndConfig {

    private final TrackedMethod method;
    private final Arguments arguments;
    private final CallValues values;
    private final Optional<String> parent;
    private final List<String> warnings;
    private @Nullable Map<String, @Nullable Object> captured;

    /**
     * Makes the tags and the config of a call.
     *
     * @param parent what a person calls the run that is going on around the call, where the call opens one of its own
     * @param warnings takes a line for each entry that is left out
     */
    TagsAndConfig(
            TrackedMethod method,
            Arguments arguments,
            CallValues values,
            Optional<String> parent,
            List<String> warnings) {
        this.method = method;
        this.arguments = arguments;
        this.values = values;
        this.parent = parent;
        this.warnings = warnings;
    }

    /** The tags, those of higher sources first: where the server's limits cut, the first stay. */
    List<String> tags() {
        List<String> tags = new ArrayList<>();
        parent.ifPresent(run -> tags.add("parent:" + run));
        for (Sourced<List<String>> given :
                values.all(Options.TAGS, "tags", method.attributes().tags())) {
            given.value()
                    .forEach(tag -> values.expanded(tag, given.source(), "tag").ifPresent(tags::add));
        }
        return tags;
    }

    /** The config. Captured arguments count as the annotation's, since they are what the method was given, and go over its literals. */
    Map<String, @Nullable Object> config() {
        Map<String, @Nullable Object> annotation = JsonObjects.merge(declared(), captured());
        Map<String, @Nullable Object> config = CallValues.merged(values.all(Options.CONFIG, "config", annotation));
        return parent.map(run -> JsonObjects.merge(config, JsonObjects.at("pluto.parent", run)))
                .orElse(config);
    }

    private Map<String, @Nullable Object> declared() {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        for (String entry : method.attributes().config()) {
            int sign = entry.indexOf('=');
            if (sign <= 0) {
                warnings.add("the annotation's config entry \"" + entry + "\" is left out: write key=value");
                continue;
            }
            String key = entry.substring(0, sign).strip();
            Optional<String> value =
                    values.expanded(entry.substring(sign + 1), Source.annotation("config"), "entry " + key);
            if (value.isPresent()) {
                config = JsonObjects.merge(config, JsonObjects.at(key, ConfigText.scalar(value.get())));
            }
        }
        return config;
    }

    /** The captured arguments alone. */
    Map<String, @Nullable Object> captured() {
        Map<String, @Nullable Object> known = captured;
        if (known == null) {
            known = capture();
            captured = known;
        }
        return known;
    }

    private Map<String, @Nullable Object> capture() {
        boolean all = values.scalar(
                        Options.CAPTURE_ARGUMENTS,
                        "captureArguments",
                        method.attributes().captureArguments())
                .map(Sourced::value)
                .orElse(false);
        List<String> words = arguments.commandLine(all);
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        for (Arguments.Captured argument : arguments.captured(all)) {
            config = JsonObjects.merge(config, words.isEmpty() ? named(argument) : options(words, argument));
        }
        return config;
    }

    private static Map<String, @Nullable Object> named(Arguments.Captured argument) {
        return JsonObjects.at(argument.name(), argument.value());
    }

    private static Map<String, @Nullable Object> options(List<String> words, Arguments.Captured argument) {
        Map<String, @Nullable Object> options = CommandLine.config(words);
        return argument.isRenamed() ? JsonObjects.at(argument.name(), options) : options;
    }
}
