package io.plutorun.agent.settings;

/**
 * The kinds of place that a value comes from, highest first. Whoever launches a job must be able to override what was compiled into it,
 * so the deployment's own places stand above the annotation.
 */
public enum Origin {
    SYSTEM_PROPERTY(10, "system property"),
    ENVIRONMENT(20, "environment variable"),
    AGENT_ARGUMENT(30, "agent argument"),
    ANNOTATION(40, "annotation attribute"),
    SETTINGS_FILE(50, "settings file"),
    STATE_FILE(55, "state file"),
    DEFAULT(60, "default");

    private final int rank;
    private final String words;

    Origin(int rank, String words) {
        this.rank = rank;
        this.words = words;
    }

    int rank() {
        return rank;
    }

    String words() {
        return words;
    }
}
