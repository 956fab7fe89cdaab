package io.plutorun.agent.run;

import io.plutorun.agent.settings.Source;

/**
 * Which run a call means.
 *
 * @param kind the kind of id
 * @param value the id
 * @param source where it came from
 */
record Identity(Kind kind, String value, Source source) {

    enum Kind {
        RUN_ID("run id"),
        DISPLAY_ID("display id"),
        EXTERNAL_ID("external id");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** For a person: {@code external id "nightly" (PLUTO_EXTERNAL_ID)}. */
    @Override
    public String toString() {
        return kind.words + " \"" + value + "\" (" + source + ")";
    }
}
