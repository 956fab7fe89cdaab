package io.plutorun.agent.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of options.
 *
 * @param key the name in every source: {@code url.api} is the system property {@code pluto.url.api}, the environment variable {@code
 *     PLUTO_URL_API}, and {@code url.api} among the agent arguments and in the settings file
 * @param type how it is written
 * @param defaultText the default as a user would write it; null for none
 * @param sensitive whether the value must never be shown
 * @param description for the table of docs/options.md
 * @param <T> what its value is
 */
public record Option<T>(
        String key, OptionType<T> type, @Nullable String defaultText, boolean sensitive, String description) {

    /** The name of the system property. */
    public String property() {
        return "pluto." + key;
    }

    /** The name of the environment variable. */
    public String variable() {
        return "PLUTO_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
