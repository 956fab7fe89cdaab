package io.plutorun.agent.settings;

/**
 * The place that a value came from.
 *
 * @param origin the kind of place
 * @param name the value's name there: {@code PLUTO_PROJECT}, {@code pluto.project}, {@code project}
 * @param forOneMethod whether it was given for one method by name
 */
public record Source(Origin origin, String name, boolean forOneMethod) {

    /** An attribute of the annotation on the tracked method. */
    public static Source annotation(String attribute) {
        return new Source(Origin.ANNOTATION, attribute, false);
    }

    /** A setting that names the method beats the annotation wherever it stands, but not the other deployment sources. */
    private static final int FILE_FOR_ONE_METHOD = 35;

    /**
     * The place's rank, the highest place having the least. Within one place what is set for the method goes before what is set for
     * all.
     */
    public int rank() {
        if (!forOneMethod) {
            return origin.rank();
        }
        return origin == Origin.SETTINGS_FILE ? FILE_FOR_ONE_METHOD : origin.rank() - 1;
    }

    /** Whether a value from here goes over the annotation's: all deployment sources, and a setting that names the method anywhere. */
    public boolean beatsAnnotation() {
        return rank() < Origin.ANNOTATION.rank();
    }

    /** For a person: {@code PLUTO_PROJECT}, {@code system property pluto.project}, {@code the annotation's project}. */
    @Override
    public String toString() {
        return switch (origin) {
            case ENVIRONMENT -> name;
            case DEFAULT -> "the default";
            case ANNOTATION -> "the annotation's " + name;
            case SYSTEM_PROPERTY, AGENT_ARGUMENT, SETTINGS_FILE, STATE_FILE -> origin.words() + " " + name;
        };
    }
}
