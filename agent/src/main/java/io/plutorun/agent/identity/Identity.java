package io.plutorun.agent.identity;

import io.plutorun.agent.settings.Source;

/**
 * Which run a call means.
 *
 * @param kind the kind of id
 * @param value the id
 * @param source where it came from
 * @param shared whether other processes of the same launcher may have it too
 */
public record Identity(Kind kind, String value, Source source, boolean shared) {

    public enum Kind {
        RUN_ID("run id"),
        DISPLAY_ID("display id"),
        EXTERNAL_ID("external id");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** For a person, where the id came from: {@code external id "nightly" from PLUTO_EXTERNAL_ID}. */
    public String origin() {
        return kind.words + " \"" + value + "\" from " + source;
    }

    /** For a person: {@code external id "nightly" (PLUTO_EXTERNAL_ID)}. */
    @Override
    public String toString() {
        return kind.words + " \"" + value + "\" (" + source + ")";
    }
}
