package io.plutorun.agent.launch;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How settings are named, which place goes before which, and how a flag is written.
 *
 * <p>The class stands in the jar twice, for {@code launch} and in the engine's archive: so the two, which see none of each other's
 * classes, read settings by one rule.
 */
public final class SettingRules {

    /** The places, highest first: what stands in a place goes before all that stands in a later one. */
    public static final int PROPERTY = 0;

    public static final int VARIABLE = 1;
    public static final int ARGUMENT = 2;
    public static final int FILE = 3;

    /** How many places there are. */
    public static final int PLACES = 4;

    private SettingRules() {}

    /** The system property of an option. */
    public static String property(String key) {
        return "pluto." + key;
    }

    /** The environment variable of an option. */
    public static String variable(String key) {
        return "PLUTO_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether a text sets something: blank means unset. */
    public static boolean isSet(@Nullable String text) {
        return text != null && !text.trim().isEmpty();
    }

    /** The highest place in which something is set; -1 for none. */
    public static int highest(@Nullable String... places) {
        for (int i = 0; i < places.length; i++) {
            if (isSet(places[i])) {
                return i;
            }
        }
        return -1;
    }

    /** What a flag says; null when it is neither yes nor no. */
    public static @Nullable Boolean flag(String text) {
        switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true":
            case "yes":
            case "on":
            case "1":
                return Boolean.TRUE;
            case "false":
            case "no":
            case "off":
            case "0":
                return Boolean.FALSE;
            default:
                return null;
        }
    }
}
