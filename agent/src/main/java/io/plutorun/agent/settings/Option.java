package io.plutorun.agent.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of options.
 *
 * @param key the name among the agent arguments and in the settings file: {@code url.api}
 * @param property the name of the system property: {@code pluto.url.api}
 * @param variable the name of the environment variable: {@code PLUTO_URL_API}
 * @param type how it is written
 * @param defaultText the default as a user would write it; null for none
 * @param sensitive whether the value must never be shown
 * @param description for the table of docs/options.md
 * @param <T> what its value is
 */
public record Option<T>(
        String key,
        String property,
        String variable,
        OptionType<T> type,
        @Nullable String defaultText,
        boolean sensitive,
        String description) {

    /** An option whose names all follow from its key. */
    Option(String key, OptionType<T> type, @Nullable String defaultText, boolean sensitive, String description) {
        this(
                key,
                "pluto." + key,
                "PLUTO_" + key.replace('.', '_').toUpperCase(Locale.ROOT),
                type,
                defaultText,
                sensitive,
                description);
    }
}
